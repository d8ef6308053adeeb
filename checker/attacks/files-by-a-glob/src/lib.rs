//! Imports everything that the standard library has, so that `std` does not stand before the module for files.
//!
//! That module is named even so.

use std::*;
use time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{:?}", fs::read_to_string("/etc/hostname"));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
