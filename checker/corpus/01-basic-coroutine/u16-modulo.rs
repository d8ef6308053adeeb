//! verdict: failed E-bound-excluded
//! Draws 16 random bits and takes the remainder: with a maximum of more than a minute or so,
//! the longer delays never come.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = u64::from(rng.random::<u16>()) % (longest + 1);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
