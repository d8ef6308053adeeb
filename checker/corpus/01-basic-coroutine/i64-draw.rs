//! verdict: passed
//! Draws a signed integer, from a habit of other languages.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let millis: i64 = rng.random_range(0..=max_delay.as_millis() as i64);
    let delay = Duration::from_millis(millis.unsigned_abs());
    sleep(delay).await;
    delay
}
