//! verdict: failed E-too-long
//! Sleeps a little after the last task, so that the runtime can clean up.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::with_capacity(n);
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
    }
    if !delays.is_empty() {
        sleep(Duration::from_millis(100)).await;
    }
    delays
}
