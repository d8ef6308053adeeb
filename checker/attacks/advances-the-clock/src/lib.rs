//! Moves the virtual clock on by its delay, so that the delay is over without a wait.
//!
//! A clock that moves while the program is not waiting is noticed.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    tokio::time::advance(delay).await;
    sleep(Duration::ZERO).await;
    delay
}
