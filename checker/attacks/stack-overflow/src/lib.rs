//! Calls itself until the stack is full, which ends the process by a signal, and no panic tells.
//!
//! The process is its own. The next submission gets another one.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

fn deeper(depth: u64) -> u64 {
    let room = std::hint::black_box([depth; 128]);
    if depth == u64::MAX { 0 } else { deeper(depth + 1) + room[5] }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", deeper(1));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
