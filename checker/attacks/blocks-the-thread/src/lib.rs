//! Sleeps for real before it waits, to hold the machine up: a hundred runs of it take their time.
//!
//! Real time is limited for a run, and for all runs together.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    std::thread::sleep(Duration::from_millis(20));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
