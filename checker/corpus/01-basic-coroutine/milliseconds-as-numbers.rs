//! verdict: did not compile E-signature
//! Prefers plain numbers of milliseconds to a Duration, in the parameter and the result.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: u64) -> u64 {
    let delay = rng.random_range(0..=max_delay);
    sleep(Duration::from_millis(delay)).await;
    delay
}
