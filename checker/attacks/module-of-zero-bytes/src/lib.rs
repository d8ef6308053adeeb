//! Has a module of zero bytes, and of bytes that are no text, for whoever takes a zero for an end.
//!
//! What is no text is refused.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

mod zeros;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
