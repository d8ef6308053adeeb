//! verdict: failed E-value-mismatch
//! Returns more than any sum of times can hold.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random time of up to `max_delay`.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    sleep(Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64))).await;
    Duration::MAX
}
