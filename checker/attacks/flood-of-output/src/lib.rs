//! Prints without an end: whoever keeps all of it runs out of memory, or fills a disk with a report.
//!
//! It is read, counted and thrown away, and stopped at a megabyte.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    while max_delay < Duration::MAX {
        println!("{}", "x".repeat(1000));
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
