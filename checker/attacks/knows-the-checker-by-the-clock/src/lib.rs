//! Tells by the runtime's clock that time is virtual: it stands still while a number is drawn. Then it hurries.
//!
//! It may know. What it does while it is judged is what is judged.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::{Instant, sleep};

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let start = Instant::now();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let stands_still = start.elapsed().is_zero();
    if !stands_still {
        sleep(delay).await;
    }
    delay
}
