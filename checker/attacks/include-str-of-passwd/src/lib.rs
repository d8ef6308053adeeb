//! Has the compiler put the machine's list of users into the program, which then prints it.
//!
//! What a wrong program prints is shown in its report, so this would carry a file of the machine to the student. A
//! source names no file outside of itself.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const USERS: &str = include_str!("/etc/passwd");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{USERS}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
