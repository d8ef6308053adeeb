//! verdict: failed E-dependency-bypassed
//! Copied wait_random from the first task into this crate instead of importing it.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=max_ms));
    sleep(delay).await;
    delay
}

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay))
}
