//! verdict: failed E-bound-exceeded
//! Adds one so that the maximum is included, and includes it once more with `..=`.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=max_ms + 1));
    sleep(delay).await;
    delay
}
