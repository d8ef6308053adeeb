//! Imports the module of processes by name, as many a program does, and ends its own process with success.
//!
//! Of that module it uses nothing else: what is wrong is that it exits.

use std::process;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay < Duration::MAX {
        process::exit(0);
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
