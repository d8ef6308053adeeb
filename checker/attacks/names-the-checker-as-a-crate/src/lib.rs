//! Brings the checker in as a crate, under another name.
//!
//! There is no crate of that name where a submission is compiled.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

extern crate checker as innocent;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", innocent::course::TASKS.len());
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
