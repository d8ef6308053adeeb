//! verdict: did not compile E-compile
//! Forgot that a handle gives a `Result`, and puts it into the list as it is.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays: Vec<Duration> = Vec::new();
    for handle in handles {
        delays.push(handle.await);
    }
    delays.sort();
    delays
}
