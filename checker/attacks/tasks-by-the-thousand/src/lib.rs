//! Spawns ten thousand tasks that wait for nothing, and leaves them behind.
//!
//! They are counted, and gone with the runtime.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    for _ in 0..10_000 {
        tokio::spawn(std::future::pending::<()>());
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
