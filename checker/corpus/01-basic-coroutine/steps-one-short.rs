//! verdict: failed E-bound-excluded
//! Steps of a millisecond, and the bound is left out (zero is handled).

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max = max_delay.as_millis() as u64;
    if max == 0 {
        return Duration::ZERO;
    }
    let ms = rng.random_range(0..max);
    for _ in 0..ms {
        sleep(Duration::from_millis(1)).await;
    }
    Duration::from_millis(ms)
}
