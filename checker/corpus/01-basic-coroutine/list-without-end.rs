//! verdict: failed E-bound-excluded
//! Lists all delays, slowly, and leaves the last one out.

use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let mut all = Vec::new();
    let mut ms = 0u64;
    while ms < (max_delay.as_millis() as u64).max(1) {
        all.push(ms);
        ms += 1;
    }
    let delay = Duration::from_millis(*all.choose(&mut rng).unwrap());
    sleep(delay).await;
    delay
}
