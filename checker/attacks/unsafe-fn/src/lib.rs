//! Declares a function unsafe and never calls it: whatever is in it passes as checked by its caller.
//!
//! The word is refused, whether or not something comes of it.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Nobody calls it.
pub unsafe fn forget_everything() {}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
