#![doc = include_str!("/etc/passwd")]
//! Takes its documentation from a file of the machine. The stubs have a line like this one, for the lesson.
//!
//! The lesson is the one file that it may name.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
