//! verdict: passed
//! Forwards every handle's delay to a channel, all within the caller, and reads the channel
//! meanwhile.

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
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let forward: Vec<_> = (0..n)
        .map(|_| {
            let task = task_wait_random(rng.fork(), max_delay);
            let sender = sender.clone();
            async move { sender.send(task.await.unwrap()).unwrap() }
        })
        .collect();
    drop(sender);

    let receive = async {
        let mut delays = Vec::with_capacity(n);
        while let Some(delay) = receiver.recv().await {
            delays.push(delay);
        }
        delays
    };
    let (_, delays) = tokio::join!(join_all(forward), receive);
    delays
}
