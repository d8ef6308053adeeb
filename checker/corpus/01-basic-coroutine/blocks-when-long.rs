//! verdict: failed E-blocking
//! Rests for ten milliseconds with the sleep of std where the maximum is a second or more, as
//! if that did not matter beside a long wait.

use rand::{Rng, RngExt};
use std::thread;
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = rng.random_range(0..=longest);
    if longest >= 1000 {
        thread::sleep(Duration::from_millis(10));
    }
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
