//! verdict: failed E-skewed
//! Draws from both sides of zero: every delay comes twice as often as zero does.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as i64;
    let delay = Duration::from_millis(rng.random_range(-longest..=longest).unsigned_abs());
    sleep(delay).await;
    delay
}
