//! verdict: passed
//! The timer is a function pointer.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

const TIMER: fn(Duration) -> Sleep = sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    TIMER(delay).await;
    delay
}
