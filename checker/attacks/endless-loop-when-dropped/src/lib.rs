//! Is right until it returns. What it drops at its very end turns in a circle.
//!
//! A run is watched until its last value is dropped.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

struct Stubborn;

impl Drop for Stubborn {
    fn drop(&mut self) {
        while !std::thread::panicking() {
            std::hint::spin_loop();
        }
    }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _stubborn = Stubborn;
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
