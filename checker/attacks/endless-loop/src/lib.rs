//! Turns in a circle for ever, on the one thread that there is.
//!
//! A watchdog ends it, and with it its process.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    while max_delay < Duration::MAX {
        std::hint::spin_loop();
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
