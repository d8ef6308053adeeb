//! verdict: failed E-bound-excluded
//! Has met the panic of an empty range and returns early at zero; for every other
//! max_delay the longest delay is still missing.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay.is_zero() {
        return Duration::ZERO;
    }
    let max_ms = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..max_ms));
    sleep(delay).await;
    delay
}
