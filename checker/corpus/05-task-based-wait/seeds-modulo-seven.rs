//! verdict: failed E-same-generator
//! Draws seven seeds, to save random numbers, and goes round them: from the eighth on, tasks
//! share the seeds of the first.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let seeds: Vec<u64> = (0..7).map(|_| rng.next_u64()).collect();
    let tasks: FuturesUnordered<_> =
        (0..n).map(|i| task_wait_random(R::seed_from_u64(seeds[i % 7]), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
