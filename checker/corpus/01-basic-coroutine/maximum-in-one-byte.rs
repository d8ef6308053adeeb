//! verdict: crashed E-panic
//! Converts the maximum into a u8, which is big enough for the example with 50 ms.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = u8::try_from(max_delay.as_millis()).unwrap();
    let delay = Duration::from_millis(rng.random_range(0..=max_ms).into());
    sleep(delay).await;
    delay
}
