//! verdict: did not finish E-blocked-forever
//! Blocks on the handles with the executor of futures: the tasks need the very thread that is
//! blocked.

use std::time::Duration;

use futures::executor;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    for handle in handles {
        delays.push(executor::block_on(handle).unwrap());
    }
    delays.sort();
    delays
}
