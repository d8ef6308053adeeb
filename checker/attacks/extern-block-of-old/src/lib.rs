//! Declares a function of the C library as in earlier editions, where no block had to be called unsafe.
//!
//! The course's edition is not the submission's to choose, and in that one it is an error.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

extern "C" {
    pub fn getpid() -> i32;
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
