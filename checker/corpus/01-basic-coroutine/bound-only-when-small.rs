//! verdict: failed E-bound-excluded
//! Leaves the bound out where it is more than a second.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max = max_delay.as_millis() as u64;
    let ms = if max > 1000 { rng.random_range(0..max) } else { rng.random_range(0..=max) };
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
