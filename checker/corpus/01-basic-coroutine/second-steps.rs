//! verdict: passed R-needless-step
//! Sleeps second by second until the delay is over, as a countdown would.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    let mut left = delay.as_millis() as u64;
    while left > 0 {
        let step = left.min(1000);
        sleep(Duration::from_millis(step)).await;
        left -= step;
    }
    delay
}
