//! Has the compiler read a file that never ends, until it has no memory left.
//!
//! If it came to that, a limit of memory would end the compiler; it must not come to that.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const ZEROS: &[u8] = include_bytes!("/dev/zero");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", ZEROS.len());
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
