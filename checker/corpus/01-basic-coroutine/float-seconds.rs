//! verdict: failed E-sub-millisecond
//! Translates Python's `random.uniform(0, max_delay)` word for word, with all its digits.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let seconds = rng.random_range(0.0..=max_delay.as_secs_f64());
    let delay = Duration::from_secs_f64(seconds);
    sleep(delay).await;
    delay
}
