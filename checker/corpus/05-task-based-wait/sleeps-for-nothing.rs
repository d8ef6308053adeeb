//! verdict: passed R-needless-step
//! Sleeps for no time at all after starting the tasks, "to let them run".

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
    sleep(Duration::from_millis(0)).await;

    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
    }
    delays
}
