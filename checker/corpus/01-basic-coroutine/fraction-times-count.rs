//! verdict: passed
//! Multiplies a random fraction with the number of possible delays and cuts off.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let count = max_delay.as_millis() + 1;
    let delay = Duration::from_millis((rng.random::<f64>() * count as f64) as u64);
    sleep(delay).await;
    delay
}
