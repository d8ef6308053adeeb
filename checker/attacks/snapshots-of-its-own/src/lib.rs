//! Does not wait, and brings reviewed snapshots in which nobody does.
//!
//! The snapshots are the course's own; and the laws hold without any.

use std::time::Duration;

use rand::{Rng, RngExt};

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64))
}
