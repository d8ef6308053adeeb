//! verdict: did not finish E-never-ends
//! Gives a sleep a minute, and tries again: what is longer never ends.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
use tokio::time::timeout;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    while timeout(Duration::from_secs(60), sleep(delay)).await.is_err() {}
    delay
}
