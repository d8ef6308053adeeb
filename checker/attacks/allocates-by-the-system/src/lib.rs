//! Names the system's allocator as the one of the whole program, for which no unsafe code is needed.
//!
//! It is the one that the program has anyhow.

use std::alloc::System;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

#[global_allocator]
static ALLOCATOR: System = System;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
