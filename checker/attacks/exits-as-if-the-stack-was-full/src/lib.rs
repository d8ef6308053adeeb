//! Says on standard error what a program says whose stack has overflowed, and ends the process with success.
//!
//! What it says is not how it ended.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay < Duration::MAX {
        eprintln!("\nthread 'main' has overflowed its stack");
        std::process::exit(0);
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
