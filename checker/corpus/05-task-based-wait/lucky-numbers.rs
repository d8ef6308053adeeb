//! verdict: failed E-randomness
//! Seeds each task's generator with a constant plus the task's number, and not from the generator
//! handed in.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

const LUCKY_NUMBER: u64 = 4711;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    _: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = FuturesUnordered::new();
    for number in 0..n {
        let child = R::seed_from_u64(LUCKY_NUMBER + number as u64);
        tasks.push(task_wait_random(child, max_delay));
    }
    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
    }
    delays
}
