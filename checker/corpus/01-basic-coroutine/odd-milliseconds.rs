//! verdict: failed E-low-resolution
//! Makes long delays odd.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let ms = rng.random_range(0..=longest);
    let delay = Duration::from_millis(if longest > 1000 { (ms | 1).min(longest) } else { ms });
    sleep(delay).await;
    delay
}
