//! verdict: failed E-no-sleep
//! Returns a random delay, but the wait itself was forgotten.

use rand::{Rng, RngExt};
use std::time::Duration;

/// A random delay between zero and `max_delay`.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    Duration::from_millis(rng.random_range(0..=max_ms))
}
