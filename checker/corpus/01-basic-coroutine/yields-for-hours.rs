//! verdict: did not finish E-never-ends
//! Yields for ever, on a clock that stands still, where more than an hour is asked for.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    while max_delay > Duration::from_secs(3600) {
        tokio::task::yield_now().await;
    }
    sleep(delay).await;
    delay
}
