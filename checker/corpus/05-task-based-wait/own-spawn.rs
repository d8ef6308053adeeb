//! verdict: failed E-dependency-bypassed
//! Spawns the waits itself, in a `JoinSet`, instead of calling `task_wait_random`.

use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = JoinSet::new();
    for _ in 0..n {
        let mut child = rng.fork();
        tasks.spawn(async move {
            let ms = child.random_range(0..=max_delay.as_millis() as u64);
            sleep(Duration::from_millis(ms)).await;
            Duration::from_millis(ms)
        });
    }
    let mut delays = Vec::new();
    while let Some(delay) = tasks.join_next().await {
        delays.push(delay.unwrap());
    }
    delays
}
