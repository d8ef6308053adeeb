//! verdict: failed E-bound-excluded
//! Sleeps for a millisecond as often as the delay has milliseconds, and never draws the longest one.
//! A day of it is ended by a limit, which must not keep the other runs from being made.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay.is_zero() {
        return Duration::ZERO;
    }
    let ms = rng.random_range(0..max_delay.as_millis() as u64);
    for _ in 0..ms {
        sleep(Duration::from_millis(1)).await;
    }
    Duration::from_millis(ms)
}
