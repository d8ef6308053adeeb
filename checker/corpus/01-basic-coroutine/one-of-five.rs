//! verdict: failed E-low-resolution
//! Prepares five delays from none to all and chooses one of them.

use rand::Rng;
use rand::seq::IndexedRandom;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let choices = [0, max_ms / 4, max_ms / 2, max_ms * 3 / 4, max_ms];
    let millis = choices.choose(&mut rng).copied().unwrap_or_default();
    let delay = Duration::from_millis(millis);
    sleep(delay).await;
    delay
}
