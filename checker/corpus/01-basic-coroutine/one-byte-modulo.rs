//! verdict: failed E-bound-excluded
//! Takes one random byte modulo the number of delays: beyond 255 ms nothing ever comes,
//! and below that the small remainders come more often.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let byte: u8 = rng.random();
    let delay = Duration::from_millis(byte as u64 % (max_delay.as_millis() as u64 + 1));
    sleep(delay).await;
    delay
}
