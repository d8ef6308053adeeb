//! verdict: passed R-needless-task
//! Spawns a task for each wait, and another task that does nothing but await it.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::task::JoinSet;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = JoinSet::new();
    for _ in 0..n {
        let wait = tokio::spawn(wait_random(rng.fork(), max_delay));
        tasks.spawn(async move { wait.await.unwrap() });
    }
    let mut delays = Vec::new();
    while let Some(delay) = tasks.join_next().await {
        delays.push(delay.unwrap());
    }
    delays
}
