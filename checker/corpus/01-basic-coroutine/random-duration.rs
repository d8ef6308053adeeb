//! verdict: failed E-sub-millisecond
//! Found that a Duration can be drawn directly; it comes in nanoseconds.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = rng.random_range(Duration::ZERO..=max_delay);
    sleep(delay).await;
    delay
}
