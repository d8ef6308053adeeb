//! verdict: failed E-no-sleep
//! Has a short way for up to three tasks: draws their delays, sorts them, and forgets to wait.

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
    if n < 4 {
        let longest = max_delay.as_millis() as u64;
        let mut delays: Vec<_> =
            (0..n).map(|_| Duration::from_millis(rng.random_range(0..=longest))).collect();
        delays.sort();
        return delays;
    }
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
