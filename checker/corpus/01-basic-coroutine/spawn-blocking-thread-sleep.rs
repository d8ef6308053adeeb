//! verdict: failed E-blocking
//! Has read that blocking code belongs into spawn_blocking and puts a thread sleep
//! there: each wait now occupies a thread of the pool, and no async timer is used.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::task::spawn_blocking;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    spawn_blocking(move || std::thread::sleep(delay)).await.unwrap();
    delay
}
