//! verdict: failed E-leftover-tasks
//! Starts the tasks and drops their handles. The tasks go on, but nobody waits for them, and the
//! list stays empty.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Vec::with_capacity(n);
    for _ in 0..n {
        // a task runs by itself, so there is nothing else to do
        task_wait_random(rng.fork(), max_delay);
    }
    delays
}
