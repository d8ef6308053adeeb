//! Is harmless in its main file. What it does to files stands three folders away.
//!
//! All files of the crate are looked at.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

mod words;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", words::of::wisdom::read());
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
