//! verdict: failed E-concurrency-cap
//! Starts the tasks from a stream that never has more than three of them going.

use std::time::Duration;

use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let children: Vec<R> = (0..n).map(|_| rng.fork()).collect();
    let mut delays: Vec<Duration> = stream::iter(children)
        .map(|child| task_wait_random(child, max_delay))
        .buffer_unordered(3)
        .map(|result| result.expect("a task panicked"))
        .collect()
        .await;
    delays.sort();
    delays
}
