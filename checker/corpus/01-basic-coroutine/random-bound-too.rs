//! verdict: failed E-skewed
//! Draws the bound first and then a delay up to that bound: everything can come, long
//! delays hardly ever.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let bound: u64 = rng.random_range(0..=max_delay.as_millis() as u64);
    let delay = Duration::from_millis(rng.random_range(0..=bound));
    sleep(delay).await;
    delay
}
