//! verdict: failed E-bound-excluded
//! Multiplies a float below one by the maximum and cuts the fraction off, the classic of
//! other languages: it never reaches the maximum itself.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let fraction: f64 = rng.random();
    let max_ms = max_delay.as_millis() as f64;
    let delay = Duration::from_millis((fraction * max_ms) as u64);
    sleep(delay).await;
    delay
}
