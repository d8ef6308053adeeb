//! Has a static of a gigabyte that is not zero, so that the compiler has to write it out.
//!
//! The compiler may not write files of that size, nor the submission fill the disk by its means.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Ones, and nothing but ones.
pub static ONES: [u8; 1 << 30] = [1; 1 << 30];

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", ONES[0]);
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
