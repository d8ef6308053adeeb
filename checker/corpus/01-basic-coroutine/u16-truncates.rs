//! verdict: failed E-bound-excluded
//! Converts the maximum with `as u16`, which is big enough for the examples and silently cuts
//! off the bits of anything longer.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u16;
    let ms = rng.random_range(0..=longest) as u64;
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
