//! Has a module with the same function twelve thousand times, so that the compiler has as much to say.
//!
//! What it says is read, kept and shown in part only.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

mod many;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
