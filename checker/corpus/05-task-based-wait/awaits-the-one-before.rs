//! verdict: failed E-concurrency-cap
//! Starts each task before it awaits the one before: two at a time, where all could wait together.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinHandle;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::with_capacity(n);
    let mut previous: Option<JoinHandle<Duration>> = None;
    for _ in 0..n {
        let current = task_wait_random(rng.fork(), max_delay);
        if let Some(task) = previous.replace(current) {
            delays.push(task.await.unwrap());
        }
    }
    if let Some(task) = previous {
        delays.push(task.await.unwrap());
    }
    delays.sort();
    delays
}
