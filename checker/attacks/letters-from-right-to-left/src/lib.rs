//! Has a comment in which letters are told to run from right to left, so that code looks like a remark on a screen.
//!
//! The compiler refuses such a comment, and names the letter.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    /* ‮ } ⁦ if is_admin ⁩ ⁦ begin */
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
