//! verdict: failed E-leftover-tasks
//! Starts a task that reports each completion in an endless loop, and returns without stopping it.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::sync::Notify;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let completed = Arc::new(Notify::new());
    let reported = Arc::clone(&completed);
    tokio::spawn(async move {
        loop {
            reported.notified().await;
            eprintln!("another one is done");
        }
    });

    let mut tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
        completed.notify_one();
    }
    delays
}
