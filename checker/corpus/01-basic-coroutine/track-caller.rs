//! verdict: failed E-calls-interfere
//! A regular fn that returns a future, marked with track_caller so that a panic would name the
//! line of its caller. Its sleep is made at the call, so whoever polls the future later waits less.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
#[track_caller]
pub fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> impl Future<Output = Duration> {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    let timer = sleep(delay);
    async move {
        timer.await;
        delay
    }
}
