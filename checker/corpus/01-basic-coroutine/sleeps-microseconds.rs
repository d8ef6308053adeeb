//! verdict: failed E-value-mismatch
//! Mixes up the units: the number drawn is slept as microseconds and returned as
//! milliseconds.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay: u64 = rng.random_range(0..=max_delay.as_millis() as u64);
    sleep(Duration::from_micros(delay)).await;
    Duration::from_millis(delay)
}
