//! verdict: failed E-concurrency-cap
//! Starts no further task while 512 are running, which looks like enough for any n.

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
    let mut delays = Vec::new();
    let mut running = FuturesUnordered::new();
    for _ in 0..n {
        if running.len() == 512 {
            delays.push(running.next().await.unwrap());
        }
        let task = task_wait_random(rng.fork(), max_delay);
        running.push(async move { task.await.unwrap() });
    }
    while let Some(delay) = running.next().await {
        delays.push(delay);
    }
    delays
}
