//! verdict: did not finish E-deadlock
//! Reads the channel only when all senders are done, but it has room for one delay: the second
//! sender waits for ever.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
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
            let tx = tx.clone();
            let child = rng.fork();
            async move {
                let delay = wait_random(child, max_delay).await;
                tx.send(delay).await.unwrap();
            }
        })
        .collect();
    drop(tx);

    join_all(waits).await;

    let mut delays = Vec::new();
    while let Some(delay) = rx.recv().await {
        delays.push(delay);
    }
    delays
}
