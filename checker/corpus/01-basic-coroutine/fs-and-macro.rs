//! verdict: passed
//! A macro, and a variable called fs.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

macro_rules! ms {
    ($n:expr) => {
        Duration::from_millis($n)
    };
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    // fs: fraction of a second
    let fs = rng.random_range(0..=max_delay.as_millis() as u64);
    sleep(ms!(fs)).await;
    ms!(fs)
}
