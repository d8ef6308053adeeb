//! Panics, and panics again in a destructor on the way out: that aborts the process.
//!
//! Whoever catches panics does not catch this one.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

struct Worse;

impl Drop for Worse {
    fn drop(&mut self) {
        panic!("and again");
    }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _worse = Worse;
    assert!(max_delay == Duration::MAX, "on purpose");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
