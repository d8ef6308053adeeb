//! verdict: failed E-bound-excluded
//! Takes a big random number modulo the maximum, guarded against a division by zero: the
//! remainder is always smaller than the maximum.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random::<u64>().checked_rem(max_ms).unwrap_or(0));
    sleep(delay).await;
    delay
}
