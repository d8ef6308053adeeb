//! Has the compiler put the home folder of whoever grades into the program, which prints it.
//!
//! The environment of the compiler is none of a student's business.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const HOME: &str = env!("HOME");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{HOME}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
