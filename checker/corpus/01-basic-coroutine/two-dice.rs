//! verdict: failed E-skewed
//! Averages two draws: delays in the middle come most often, as with two dice.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let total: u64 = (0..2).map(|_| rng.random_range(0..=max_ms)).sum();
    let delay = Duration::from_millis(total / 2);
    sleep(delay).await;
    delay
}
