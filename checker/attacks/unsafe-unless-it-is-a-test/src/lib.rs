//! Hides an unsafe block in an item whose attribute mentions tests: it is left out of tests, and in everything else.
//!
//! Here, tests are no excuse: the word is refused wherever it stands.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

#[cfg(not(test))]
fn peek() -> u8 {
    unsafe { *(0x1000 as *const u8) }
}

#[cfg(test)]
fn peek() -> u8 {
    0
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay.is_zero() {
        println!("{}", peek());
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
