//! verdict: passed
//! Draws from a range three times as long, and again until the number fits: slower, but just
//! as uniform.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let bound = (longest + 1) * 3;
    let ms = loop {
        let number = rng.random_range(0..bound);
        if number <= longest {
            break number;
        }
    };
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
