//! Leaves a runtime with threads of its own behind: dropping it is what would stop them, and it is never dropped.
//!
//! Its threads are threads as any others, and counted.

use std::time::Duration;
use tokio::runtime::Builder;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let own = Builder::new_multi_thread().worker_threads(2).build();
    std::mem::forget(own);
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
