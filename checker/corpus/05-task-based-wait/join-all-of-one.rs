//! verdict: failed E-sequential
//! Uses `join_all`, but inside the loop, with the one handle of that turn.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::new();
    for _ in 0..n {
        let task = task_wait_random(rng.fork(), max_delay);
        for result in join_all(vec![task]).await {
            delays.push(result.unwrap());
        }
    }
    delays.sort();
    delays
}
