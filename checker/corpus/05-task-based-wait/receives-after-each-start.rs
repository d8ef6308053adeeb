//! verdict: failed E-sequential
//! Hands the results over through a channel, but receives each before the next task is started.

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
    let (tx, mut rx) = mpsc::channel(16);
    let mut delays = Vec::new();
    for _ in 0..n {
        let tx = tx.clone();
        let child = rng.fork();
        tokio::spawn(async move {
            let delay = task_wait_random(child, max_delay).await.unwrap();
            tx.send(delay).await.unwrap();
        });
        delays.extend(rx.recv().await);
    }
    delays.sort();
    delays
}
