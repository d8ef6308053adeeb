//! verdict: failed E-clock
//! Found a faster way to let time pass: moves the test clock on instead of waiting.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::advance;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    advance(delay).await;
    delay
}
