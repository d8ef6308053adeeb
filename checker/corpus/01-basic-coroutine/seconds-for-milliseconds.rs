//! verdict: failed E-bound-exceeded
//! Draws milliseconds and makes seconds of them: up to a thousand times too long.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let secs = rng.random_range(0..=max_delay.as_millis() as u64);
    let delay = Duration::from_secs(secs);
    sleep(delay).await;
    delay
}
