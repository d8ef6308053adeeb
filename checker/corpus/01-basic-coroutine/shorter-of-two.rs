//! verdict: failed E-skewed
//! Draws twice and takes the shorter delay, so that short ones come far more often.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let first = rng.random_range(0..=max_ms);
    let second = rng.random_range(0..=max_ms);
    let delay = Duration::from_millis(first.min(second));
    sleep(delay).await;
    delay
}
