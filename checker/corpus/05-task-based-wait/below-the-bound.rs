//! verdict: failed E-bound-excluded
//! Takes a millisecond off `max_delay`, in the belief that a delay has to stay below it.

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
    let longest = max_delay.saturating_sub(Duration::from_millis(1));
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), longest)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
