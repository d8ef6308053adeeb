//! verdict: passed
//! Written with an editor that ends its lines with CR and LF.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let ms: u64 = rng.random_range(0..=max_delay.as_millis() as u64);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
