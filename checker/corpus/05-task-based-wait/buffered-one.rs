//! verdict: failed E-sequential
//! Starts the tasks from a stream with `buffered(1)`: it asks for the next task only when it has
//! room for it.

use std::time::Duration;

use futures::{StreamExt, stream};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays: Vec<Duration> = stream::iter(0..n)
        .map(|_| task_wait_random(rng.fork(), max_delay))
        .buffered(1)
        .map(Result::unwrap)
        .collect()
        .await;
    delays.sort();
    delays
}
