//! verdict: failed E-bound-excluded
//! Draws again until the delay is a hundredth of the maximum at least (of 100 ms or more).

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max = max_delay.as_millis() as u64;
    let ms = rng.random_range(max / 500..=max);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
