//! verdict: failed E-sleep-not-awaited
//! Runs the sleep with now_or_never, which asks it once whether it is done and throws
//! it away when it is not.

use futures::FutureExt;
use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).now_or_never();
    delay
}
