//! verdict: crashed E-panic
//! Counts in `i32` microseconds, which overflow where `max_delay` is more than 36 minutes.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest: i32 = max_delay.as_millis() as i32;
    let micros = rng.random_range(0..=longest) * 1000; // i32: overflows from 36 minutes on
    let delay = Duration::from_micros(micros as u64);
    sleep(delay).await;
    delay
}
