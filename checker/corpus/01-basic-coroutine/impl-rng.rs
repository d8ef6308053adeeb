//! verdict: passed
//! Writes `impl Rng` where the stub has a named type parameter.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random(mut rng: impl Rng, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
