//! verdict: passed
//! Saved by an editor that puts a byte order mark at the beginning.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let upper: u64 = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=upper));
    sleep(delay).await;
    delay
}
