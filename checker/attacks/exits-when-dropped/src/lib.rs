//! Ends the process in a destructor, when the wait is over and nothing but the return is left to do.
//!
//! A run that is all but over did not return.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

struct Last;

impl Drop for Last {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _last = Last;
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
