//! verdict: failed E-concurrency-cap
//! Starts three tasks, waits until they are done, and starts the next three.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

const BATCH: usize = 3;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::new();
    let mut remaining = n;
    while remaining > 0 {
        let size = remaining.min(BATCH);
        let mut handles = Vec::new();
        for _ in 0..size {
            handles.push(task_wait_random(rng.fork(), max_delay));
        }
        for handle in handles {
            delays.push(handle.await.unwrap());
        }
        remaining -= size;
    }
    delays.sort();
    delays
}
