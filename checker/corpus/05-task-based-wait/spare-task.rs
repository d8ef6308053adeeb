//! verdict: failed E-leftover-tasks
//! Starts one task more than it collects, to have one in reserve, and leaves it behind.

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
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let delays = tasks.map(|delay| delay.unwrap()).collect().await;

    // have one ready for the next call
    let _spare = task_wait_random(rng.fork(), max_delay);
    delays
}
