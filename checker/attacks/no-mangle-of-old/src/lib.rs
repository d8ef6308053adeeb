//! Defines a function of the C library by an attribute as in earlier editions, where it was not called unsafe.
//!
//! The compiler counts it as unsafe code under its old name, too, and that is forbidden.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Not the one of the C library.
#[no_mangle]
pub extern "C" fn getpid() -> i32 {
    1
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
