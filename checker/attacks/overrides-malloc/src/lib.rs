//! Exports a function under the name `malloc`: whoever asks for memory, asks this one.
//!
//! The attribute that does it has to be called unsafe.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Has no memory to give.
#[unsafe(export_name = "malloc")]
pub extern "C" fn nothing_left(_size: usize) -> *mut u8 {
    std::ptr::null_mut()
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
