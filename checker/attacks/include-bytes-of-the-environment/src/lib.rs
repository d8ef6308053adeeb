//! Has the compiler read its own environment, where secrets of whoever grades may lie.
//!
//! It is a file as any other to `include_bytes!`, so no promise about variables keeps it off; that the source may
//! not include anything does.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const ENVIRONMENT: &[u8] = include_bytes!("/proc/self/environ");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", String::from_utf8_lossy(ENVIRONMENT));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
