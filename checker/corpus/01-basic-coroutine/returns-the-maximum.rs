//! verdict: failed E-value-mismatch
//! Sleeps the delay that was drawn, then returns the parameter instead of the delay.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let millis: u64 = rng.random_range(0..=max_delay.as_millis() as u64);
    sleep(Duration::from_millis(millis)).await;
    max_delay
}
