//! Has a module that opens a hundred thousand parentheses: a parser that calls itself for each overflows its stack.
//!
//! If the compiler dies of it, the submission does not compile.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

mod deep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
