//! verdict: did not finish E-deadlock
//! Receives `n + 1` times, and the sender in hand keeps the channel open for one that never comes.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::sync::mpsc;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let (tx, mut rx) = mpsc::channel(n + 1);
    let forwards: Vec<_> = (0..n)
        .map(|_| {
            let task = task_wait_random(rng.fork(), max_delay);
            let tx = tx.clone();
            async move { tx.send(task.await.unwrap()).await.unwrap() }
        })
        .collect();
    join_all(forwards).await;

    let mut delays = Vec::new();
    for _ in 0..=n {
        if let Some(delay) = rx.recv().await {
            delays.push(delay);
        }
    }
    delays
}
