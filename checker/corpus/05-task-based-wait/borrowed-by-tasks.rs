//! verdict: did not compile E-compile
//! Gives the generator itself to every task, and a task may not borrow from the function that
//! starts it.

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
    let tasks = FuturesUnordered::new();
    for _ in 0..n {
        tasks.push(task_wait_random(&mut *rng, max_delay));
    }
    tasks.map(|delay| delay.unwrap()).collect().await
}
