//! verdict: failed E-randomness
//! Takes the last digits of the system time for random numbers.

use rand::Rng;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(_rng: R, max_delay: Duration) -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let count = max_delay.as_millis() as u64 + 1;
    let delay = Duration::from_millis(now.as_nanos() as u64 % count);
    sleep(delay).await;
    delay
}
