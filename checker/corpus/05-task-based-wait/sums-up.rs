//! verdict: failed E-value-mismatch
//! Adds each delay to the ones before, as if the tasks had run one after another.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    let mut finished_at = Duration::ZERO;
    while let Some(delay) = tasks.next().await {
        finished_at += delay.unwrap();
        delays.push(finished_at);
    }
    delays
}
