//! Is harmless in its main file; the unsafe code stands in a module.
//!
//! All files of the crate are looked at.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

mod quick;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    quick::nothing();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
