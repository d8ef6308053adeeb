//! verdict: failed E-bound-excluded
//! Writes `0..max` as in Python's range: the longest delay never comes, and the range is
//! empty, which panics, when max_delay is zero.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
