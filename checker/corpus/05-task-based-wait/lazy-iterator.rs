//! verdict: failed E-sequential
//! Leaves out `collect`: an iterator is lazy, so each task is started only when the loop asks for
//! its handle.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles = (0..n).map(|_| task_wait_random(rng.fork(), max_delay));

    let mut delays = Vec::with_capacity(n);
    for handle in handles {
        delays.push(handle.await.expect("the task panicked"));
    }
    delays.sort();
    delays
}
