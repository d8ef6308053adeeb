//! verdict: failed E-count
//! Sends the delays with try_send into a channel with room for 16: when more coroutines end at
//! the same time, the rest is thrown away.

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
    let (sender, mut receiver) = mpsc::channel(16);
    for _ in 0..n {
        let sender = sender.clone();
        let child = rng.fork();
        tokio::spawn(async move {
            let delay = wait_random(child, max_delay).await;
            let _ = sender.try_send(delay);
        });
    }
    drop(sender);

    let mut delays = Vec::new();
    while let Some(delay) = receiver.recv().await {
        delays.push(delay);
    }
    delays
}
