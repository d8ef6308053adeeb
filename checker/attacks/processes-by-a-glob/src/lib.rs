//! Imports everything from the module that `exit` is in, so that no path leads to what starts a process.
//!
//! Ending the own process is a mistake of its own, and no reason to look away from the rest.

use std::process::*;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay > Duration::MAX {
        exit(1);
    }
    let _ = Command::new("true").status();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
