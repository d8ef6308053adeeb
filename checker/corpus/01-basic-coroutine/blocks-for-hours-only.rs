//! verdict: failed E-blocking
//! Rests the thread for 300 ms where the delay is more than an hour.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    if delay > Duration::from_secs(3600) {
        std::thread::sleep(Duration::from_millis(300));
    }
    sleep(delay).await;
    delay
}
