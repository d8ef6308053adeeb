//! Leaks small boxes without an end, so that no single wish for memory is a large one.
//!
//! A limit of memory ends it, or the limit of time.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let mut last = None;
    while last != Some(&0) {
        last = Some(Box::leak(Box::new([0xa5_u8; 64]))).map(|bytes| &bytes[0]);
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
