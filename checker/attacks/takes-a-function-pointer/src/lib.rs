//! Takes a timer as a function pointer. It is right, and means no harm; a shared library needs help to be linked with it.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::Sleep;

const TIMER: fn(Duration) -> Sleep = tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    TIMER(delay).await;
    delay
}
