//! verdict: failed E-fixed-delay
//! Wants to keep the delay below the bound and takes `max` for it, which always gives
//! the bound itself.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let drawn = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let delay = drawn.max(max_delay);
    sleep(delay).await;
    delay
}
