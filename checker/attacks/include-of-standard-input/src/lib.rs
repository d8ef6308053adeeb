//! Has the compiler take items from its standard input: where that is a terminal or an open pipe, it waits for ever.
//!
//! Nothing is included, from wherever.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

include!("/dev/stdin");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
