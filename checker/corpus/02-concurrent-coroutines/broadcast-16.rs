//! verdict: failed E-count
//! Collects the delays by a broadcast channel with room for 16: when more coroutines end at
//! the same time, the oldest delays are overwritten before they are read.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let (sender, mut receiver) = broadcast::channel(16);
    for _ in 0..n {
        let sender = sender.clone();
        let child = rng.fork();
        tokio::spawn(async move {
            sender.send(wait_random(child, max_delay).await).unwrap();
        });
    }
    drop(sender);

    let mut delays = Vec::new();
    while delays.len() < n {
        match receiver.recv().await {
            Ok(delay) => delays.push(delay),
            Err(RecvError::Lagged(_)) => {}
            Err(_) => break,
        }
    }
    delays
}
