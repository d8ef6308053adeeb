//! verdict: did not finish E-deadlock
//! Meets at a barrier for all tasks and the caller, but the caller never comes to it.

use std::sync::Arc;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let barrier = Arc::new(Barrier::new(n + 1));
    let mut set = JoinSet::new();
    for _ in 0..n {
        let task = task_wait_random(rng.fork(), max_delay);
        let barrier = Arc::clone(&barrier);
        set.spawn(async move {
            let delay = task.await.unwrap();
            barrier.wait().await;
            delay
        });
    }
    let mut delays = set.join_all().await;
    delays.sort();
    delays
}
