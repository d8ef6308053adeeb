//! Is right, and has a module that is a named pipe: the compiler would wait until somebody writes to it.
//!
//! What is no file is refused.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

mod pipe;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
