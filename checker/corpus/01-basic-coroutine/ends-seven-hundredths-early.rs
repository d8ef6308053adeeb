//! verdict: failed E-bound-excluded
//! Leaves the last seven hundredths of a long delay out.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let longest = if longest > 1000 { longest * 93 / 100 } else { longest };
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    sleep(delay).await;
    delay
}
