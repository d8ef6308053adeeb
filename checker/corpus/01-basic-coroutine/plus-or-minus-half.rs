//! verdict: failed E-bound-exceeded
//! Reads max_delay as a middle value and draws around it, up to half of it more.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let middle = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(middle / 2..=middle * 3 / 2));
    sleep(delay).await;
    delay
}
