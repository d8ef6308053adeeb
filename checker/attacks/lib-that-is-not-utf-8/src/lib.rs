//! Was written on a machine of another age: the é in this line is one byte.
//!
//! No compiler would take it. Everybody has to read it without a panic, and say what is wrong.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
