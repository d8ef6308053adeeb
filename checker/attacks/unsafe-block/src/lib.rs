//! Follows a pointer made of a number, in an unsafe block.
//!
//! With `unsafe`, code can change what judges it. The course needs none, so the word alone is refused.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay.is_zero() {
        println!("{}", unsafe { *(0x1000 as *const u8) });
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
