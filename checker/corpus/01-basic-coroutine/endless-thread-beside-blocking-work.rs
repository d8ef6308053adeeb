//! verdict: failed E-leftover-threads
//! Wakes the pool of blocking threads with a closure that does nothing, and starts a heartbeat
//! thread of its own that never ends.

use rand::{Rng, RngExt};
use std::thread;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = rng.random_range(0..=longest);
    spawn_blocking(|| {}).await.unwrap();
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(1))
        }
    });
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
