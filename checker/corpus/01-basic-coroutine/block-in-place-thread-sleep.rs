//! verdict: failed E-blocking
//! Has read that `block_in_place` makes blocking harmless.

use std::time::Duration;

use rand::{Rng, RngExt};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    tokio::task::block_in_place(|| std::thread::sleep(delay));
    delay
}
