//! verdict: failed E-count
//! Counts from zero to `n` inclusive, and so starts one task too many.

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
    if n == 0 {
        return Vec::new();
    }
    let mut tasks = FuturesUnordered::new();
    for _ in 0..=n {
        tasks.push(task_wait_random(rng.fork(), max_delay));
    }
    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
    }
    delays
}
