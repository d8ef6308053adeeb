//! Takes a file of the machine for a module. It is no Rust, but the compiler quotes the lines that it can't read.
//!
//! A report shows what the compiler says, so the file must not even be opened.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

#[path = "/etc/passwd"]
mod users;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
