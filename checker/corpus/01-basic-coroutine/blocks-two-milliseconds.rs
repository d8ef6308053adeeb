//! verdict: failed E-blocking
//! Rests for two milliseconds with the sleep of std before the real wait; as short as that is,
//! all other waits stand still meanwhile.

use rand::{Rng, RngExt};
use std::thread;
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = rng.random_range(0..=longest);
    thread::sleep(Duration::from_millis(2));
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
