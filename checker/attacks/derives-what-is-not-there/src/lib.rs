//! Derives traits by a library that is not a dependency: such a macro would run inside the compiler.
//!
//! What is compiled against is the course's choice.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// What nobody needs.
#[derive(serde::Serialize, ctor::Constructor)]
pub struct Payload(pub u8);

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
