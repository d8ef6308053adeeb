//! verdict: failed E-zero
//! Takes zero for a mistake of the caller, and runs one task then.

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
    let n = n.clamp(1, 10_000);
    let mut tasks = FuturesUnordered::new();
    for _ in 0..n {
        tasks.push(task_wait_random(rng.fork(), max_delay));
    }

    let mut delays = Vec::with_capacity(n);
    while let Some(result) = tasks.next().await {
        delays.push(result.expect("task failed"));
    }
    delays
}
