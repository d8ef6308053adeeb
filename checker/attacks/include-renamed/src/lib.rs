//! Gives `include_str!` another name, so that no call of it stands in the source.
//!
//! The name stands in the import all the same.

use core::include_str as motto;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const MOTTO: &str = motto!("/etc/hostname");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{MOTTO}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
