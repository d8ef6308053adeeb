//! verdict: crashed E-panic
//! Counts to `n` inclusive, and unwraps the `None` that comes when all senders are gone.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::sync::mpsc;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let (tx, mut rx) = mpsc::channel(32);
    for _ in 0..n {
        let tx = tx.clone();
        let child = rng.fork();
        tokio::spawn(async move {
            let delay = wait_random(child, max_delay).await;
            tx.send(delay).await.expect("the receiver waits for every delay");
        });
    }
    drop(tx);

    let mut delays = Vec::new();
    for _ in 0..=n {
        let delay = rx.recv().await.unwrap();
        delays.push(delay);
    }
    delays
}
