//! verdict: failed E-zero
//! Calls `select_all` at the start of its loop, which panics if there is nothing to select from.

use std::time::Duration;

use futures::future::select_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    loop {
        let (delay, _, others) = select_all(tasks).await;
        delays.push(delay.unwrap());
        if others.is_empty() {
            return delays;
        }
        tasks = others;
    }
}
