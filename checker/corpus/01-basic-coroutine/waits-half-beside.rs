//! verdict: passed R-needless-step
//! Runs a second sleep beside the first, to notice when half of the delay is over, and joins
//! both.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    tokio::join!(sleep(delay), sleep(delay / 2));
    delay
}
