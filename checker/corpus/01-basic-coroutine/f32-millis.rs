//! verdict: failed E-value-mismatch
//! Turns the milliseconds into an f32 on the way to the result; it has seven digits, which is
//! too few for the milliseconds of a day.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = rng.random_range(0..=longest);
    sleep(Duration::from_millis(ms)).await;
    Duration::from_millis(ms as f32 as u64)
}
