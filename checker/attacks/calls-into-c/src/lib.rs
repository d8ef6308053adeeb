//! Declares the C library's `_exit` and calls it: the process ends, and nothing that would notice is run.
//!
//! In this edition such a declaration has to be called unsafe.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

unsafe extern "C" {
    safe fn _exit(code: i32) -> !;
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay.is_zero() {
        _exit(0);
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
