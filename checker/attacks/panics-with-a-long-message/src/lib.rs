//! Panics with a message of 32 MiB, which would be a part of every report.
//!
//! The first line of it is quoted, as far as it fits.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    assert!(max_delay == Duration::MAX, "{}", "x".repeat(32 << 20));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
