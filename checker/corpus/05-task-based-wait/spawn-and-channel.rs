//! verdict: passed R-needless-task
//! Spawns a second task for each task, only to send its delay to a channel.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::sync::mpsc;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let (tx, mut rx) = mpsc::channel(n.max(1));
    for _ in 0..n {
        let task = task_wait_random(rng.fork(), max_delay);
        let tx = tx.clone();
        tokio::spawn(async move { tx.send(task.await.unwrap()).await });
    }
    drop(tx);

    let mut delays = vec![];
    while let Some(delay) = rx.recv().await {
        delays.push(delay);
    }
    delays
}
