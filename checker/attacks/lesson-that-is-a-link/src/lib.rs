#![doc = include_str!("../README.md")]
//! Keeps the first line of the stub, which includes the lesson, and brings a link in the place of the lesson.
//!
//! The lesson is the course's own, whatever the submission has.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
