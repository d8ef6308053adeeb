//! verdict: failed E-skewed
//! Takes no delay at all once in forty times, which no part of the range shows.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let mut ms = rng.random_range(0..=max_delay.as_millis() as u64);
    if ms % 40 == 17 {
        ms = 0;
    }
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
