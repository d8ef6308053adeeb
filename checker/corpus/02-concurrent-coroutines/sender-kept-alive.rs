//! verdict: did not finish E-deadlock
//! Gives every task a clone of the sender and keeps the original, so the channel never closes and
//! `recv` never returns `None`.

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
    let (sender, mut receiver) = mpsc::unbounded_channel();
    for _ in 0..n {
        let child = rng.fork();
        let sender = sender.clone();
        tokio::spawn(async move {
            sender.send(wait_random(child, max_delay).await).unwrap();
        });
    }

    let mut delays = Vec::new();
    while let Some(delay) = receiver.recv().await {
        delays.push(delay);
    }
    delays
}
