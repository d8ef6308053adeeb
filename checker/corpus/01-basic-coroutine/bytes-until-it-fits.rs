//! verdict: passed
//! Puts a number together from four random bytes, cuts it down to the bits that are needed,
//! and draws again until it fits.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u32;
    let mask = (longest + 1).next_power_of_two() - 1;
    let ms = loop {
        let number =
            (0..4).fold(0u32, |number, _| (number << 8) | u32::from(rng.random::<u8>())) & mask;
        if number <= longest {
            break number as u64;
        }
    };
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
