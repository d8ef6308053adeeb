//! verdict: failed E-blocking
//! Waits correctly, but "does some work" before: a thread sleep besides the async one.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

fn prepare() {
    std::thread::sleep(Duration::from_millis(30));
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    prepare();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
