//! verdict: failed E-blocking
//! Uses the sleep of the standard library, the one every first Rust book shows.
//! It stops the whole thread and with it every other coroutine on that thread.

use rand::{Rng, RngExt};
use std::thread;
use std::time::Duration;

/// Waits a random time of at most `max_delay` and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=max_ms));
    thread::sleep(delay);
    delay
}
