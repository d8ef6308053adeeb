//! verdict: passed R-extra-draw
//! Draws a number from each child before its task gets it, and does nothing with the number.

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
        let mut child = rng.fork();
        let _: f64 = child.random();
        tasks.push(task_wait_random(child, max_delay));
    }
    tasks.map(|delay| delay.unwrap()).collect().await
}
