//! verdict: failed E-order
//! All tasks run, but only two handles are looked at at a time: a task that is done early is
//! noticed late.

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
    let mut handles = Vec::with_capacity(n);
    for _ in 0..n {
        handles.push(task_wait_random(rng.fork(), max_delay));
    }
    stream::iter(handles).buffer_unordered(2).map(|delay| delay.unwrap()).collect().await
}
