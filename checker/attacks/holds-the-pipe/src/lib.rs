//! Leaves a child that inherits standard output: whoever reads to the end of the pipe waits for that child.
//!
//! A verdict must not have to wait for it.

use std::process::Command;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = Command::new("sleep").arg("60").spawn();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
