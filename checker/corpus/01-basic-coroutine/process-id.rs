//! verdict: failed E-randomness
//! Mixes in the number of the process.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max = max_delay.as_millis() as u64;
    let ms = (rng.random_range(0..=max) + u64::from(std::process::id())) % (max + 1);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
