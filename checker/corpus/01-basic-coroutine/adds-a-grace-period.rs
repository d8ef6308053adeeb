//! verdict: failed E-value-mismatch
//! Sleeps ten milliseconds more than it says, "to be on the safe side".

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

const GRACE: Duration = Duration::from_millis(10);

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay + GRACE).await;
    delay
}
