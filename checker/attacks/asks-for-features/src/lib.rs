#![feature(linkage)]
//! Turns on a feature that only nightly compilers have, such as running code in other places of the program.
//!
//! A stable compiler refuses. (It must not be told to be lenient, by a variable in its environment.)

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
