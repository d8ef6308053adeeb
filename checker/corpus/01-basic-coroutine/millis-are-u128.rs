//! verdict: did not compile E-compile
//! Hands the u128 of as_millis to from_millis, which wants a u64.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let millis = rng.random_range(0..=max_delay.as_millis());
    let delay = Duration::from_millis(millis);
    sleep(delay).await;
    delay
}
