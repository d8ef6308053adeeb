//! verdict: failed E-bound-excluded
//! Max through seconds as float, truncated: 1001 ms become 1000.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max = (max_delay.as_secs_f64() * 1000.0) as u64;
    let delay = Duration::from_millis(rng.random_range(0..=max));
    sleep(delay).await;
    delay
}
