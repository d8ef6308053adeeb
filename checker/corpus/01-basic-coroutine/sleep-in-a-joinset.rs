//! verdict: passed R-needless-task
//! Hands the sleep to a JoinSet, as the only task in it, and joins them all.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=longest));
    let mut tasks = JoinSet::new();
    tasks.spawn(sleep(delay));
    tasks.join_all().await;
    delay
}
