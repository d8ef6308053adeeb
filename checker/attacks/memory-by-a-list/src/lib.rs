//! Fills the memory with lists of a megabyte that it never gives back.
//!
//! It gets no more than a right solution needs many times over. (It stops at four GiB and turns in a circle from
//! there, so that a machine on which nobody stops it survives.)

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let mut hoard: Vec<Vec<u8>> = Vec::new();
    while hoard.len() < 4 << 10 {
        hoard.push(vec![0xa5; 1 << 20]);
    }
    while !hoard.is_empty() {
        std::hint::spin_loop();
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
