//! Brings in the library that all tasks share, and with it everything that the checker is made of.
//!
//! There is no crate of that name where a submission is compiled.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

use kit as everything;

pub use everything::*;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
