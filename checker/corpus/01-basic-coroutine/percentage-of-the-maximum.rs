//! verdict: failed E-sub-millisecond
//! Scales the maximum by a random factor, which hardly ever gives whole milliseconds.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = max_delay.mul_f64(rng.random_range(0.0..=1.0));
    sleep(delay).await;
    delay
}
