//! verdict: passed
//! `impl Trait` in place of the named parameter, with the bounds in another order.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n(
    rng: &mut (impl SeedableRng + Rng + Send + 'static),
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
