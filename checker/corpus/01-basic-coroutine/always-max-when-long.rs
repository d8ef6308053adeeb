//! verdict: failed E-fixed-delay
//! Draws where the maximum is ten seconds or less; beyond that it simply waits for the longest
//! time, as if nobody could tell.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = if longest > 10_000 { longest } else { rng.random_range(0..=longest) };
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
