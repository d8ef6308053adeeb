//! Has a constant of a quarter of a petabyte of numbers that are no zeros, which the compiler has to compute first.
//!
//! It can't have that much memory. What it says then is an error as any other.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const NUMBERS: [u64; 1 << 45] = [1; 1 << 45];

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", NUMBERS[NUMBERS.len() - 1]);
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
