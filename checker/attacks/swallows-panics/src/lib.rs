//! Silences the panic hook, panics, catches it, and answers zero: a mistake that nobody hears of.
//!
//! Panics that are caught are nobody's business. The answer is wrong.

use std::panic::{catch_unwind, set_hook};
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    set_hook(Box::new(|_| {}));
    let drawn = rng.random_range(0..=max_delay.as_millis() as u64);
    let delay = catch_unwind(|| Duration::from_millis(drawn / (drawn - drawn))).unwrap_or_default();
    sleep(delay).await;
    delay
}
