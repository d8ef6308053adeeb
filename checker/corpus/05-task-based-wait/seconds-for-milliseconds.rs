//! verdict: failed E-value-mismatch
//! Converts the delays to milliseconds and back, and takes the wrong unit on the way back.

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
    let mut tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut finished: Vec<u64> = Vec::new();
    while let Some(delay) = tasks.next().await {
        finished.push(delay.unwrap().as_millis() as u64);
    }
    finished.into_iter().map(Duration::from_secs).collect()
}
