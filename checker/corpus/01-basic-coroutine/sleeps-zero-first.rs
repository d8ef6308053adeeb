//! verdict: passed R-needless-step
//! Begins with a sleep of nothing "to let the others start"; it changes nothing.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    sleep(Duration::ZERO).await;
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
