//! verdict: failed E-blocking
//! Stops the thread for a moment after starting the tasks, since threads need one to get going.

use std::thread;
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
    let mut tasks = FuturesUnordered::new();
    for _ in 0..n {
        tasks.push(task_wait_random(rng.fork(), max_delay));
    }
    thread::sleep(Duration::from_millis(100));

    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
    }
    delays
}
