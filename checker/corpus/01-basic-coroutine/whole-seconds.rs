//! verdict: failed E-low-resolution
//! Works in seconds, as the Python version seemed to: below one second it never waits,
//! above only whole seconds come.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_secs(rng.random_range(0..=max_delay.as_secs()));
    sleep(delay).await;
    delay
}
