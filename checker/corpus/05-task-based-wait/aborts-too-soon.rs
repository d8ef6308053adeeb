//! verdict: crashed E-panic
//! Aborts the tasks to clean up, but before their results are taken: the unwrap meets a cancelled
//! task.

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
    let mut aborts = Vec::new();
    for _ in 0..n {
        let handle = task_wait_random(rng.fork(), max_delay);
        aborts.push(handle.abort_handle());
        handles.push(handle);
    }

    for abort in aborts {
        abort.abort();
    }

    let mut delays = Vec::new();
    for handle in handles {
        delays.push(handle.await.unwrap());
    }
    delays.sort();
    delays
}
