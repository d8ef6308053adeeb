//! verdict: passed R-sorted
//! Awaits the handles one by one, which is fine once all tasks are started, and sorts at the end.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut handles = Vec::new();
    for _ in 0..n {
        handles.push(task_wait_random(rng.fork(), max_delay));
    }
    let mut delays = Vec::new();
    for handle in handles {
        delays.push(handle.await.unwrap());
    }
    delays.sort();
    delays
}
