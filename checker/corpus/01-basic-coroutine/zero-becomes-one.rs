//! verdict: failed E-zero
//! Takes a max_delay of zero for "no limit given" and waits a millisecond instead.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = if max_delay.is_zero() {
        Duration::from_millis(1)
    } else {
        Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64))
    };
    sleep(delay).await;
    delay
}
