//! verdict: failed E-bound-excluded
//! Draws a Duration to the nanosecond and cuts it down to milliseconds: only one
//! nanosecond in all gives the maximum, so it never comes.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let exact = rng.random_range(Duration::ZERO..=max_delay);
    let delay = Duration::from_millis(exact.as_millis() as u64);
    sleep(delay).await;
    delay
}
