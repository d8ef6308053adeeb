//! verdict: passed
//! The draw that most people write, with a conversion that is checked.

use rand::{Rng, RngExt};
use std::time::Duration;

/// Waits a random whole number of milliseconds, at most `max_delay`, and returns the delay.
///
/// # Panics
///
/// If `max_delay` is longer than half a billion years.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = u64::try_from(max_delay.as_millis()).expect("max_delay is at most a day");
    let ms = rng.random_range(0..=max_ms);
    let delay = Duration::from_millis(ms);
    tokio::time::sleep(delay).await;
    delay
}
