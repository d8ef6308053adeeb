//! verdict: passed R-extra-draw
//! Throws the first ten numbers away because "a generator has to warm up".

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    for _ in 0..10 {
        rng.next_u64();
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
