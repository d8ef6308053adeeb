//! verdict: failed E-no-sleep
//! Takes yield_now for a wait: it lets others run for a moment, but no time passes.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::task::yield_now;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    yield_now().await;
    delay
}
