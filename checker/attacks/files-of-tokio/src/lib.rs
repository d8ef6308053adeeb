//! Reads a file by tokio's functions. (The course's tokio comes without them; that would show as a compiler error.)
//!
//! That it speaks of files is what is wrong with it.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{:?}", tokio::fs::read_to_string("/etc/hostname").await);
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
