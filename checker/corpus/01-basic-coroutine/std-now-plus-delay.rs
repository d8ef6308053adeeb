//! verdict: failed E-value-mismatch
//! Sleeps until the time of the computer plus the delay.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep_until(Instant::from_std(std::time::Instant::now() + delay)).await;
    delay
}
