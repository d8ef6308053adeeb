//! verdict: failed E-too-long
//! Runs one task to warm up and throws its delay away, before it starts the ones that were asked
//! for.

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
    if n == 0 {
        return vec![];
    }

    // the first task is always slower than the others
    let _ = task_wait_random(rng.fork(), max_delay).await;

    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
