//! verdict: passed R-needless-task
//! Collects in a task of its own, and awaits that task at once.

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

    let collector = tokio::spawn(async move {
        let mut delays = Vec::new();
        while let Some(delay) = tasks.next().await {
            delays.push(delay.unwrap());
        }
        delays
    });
    collector.await.unwrap()
}
