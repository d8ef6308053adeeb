#![allow(unsafe_code)]
//! Takes the ban on unsafe code back without the word itself: a macro of a library could bring it in.
//!
//! What is forbidden on the command line can't be allowed in a source: the compiler refuses the line.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
