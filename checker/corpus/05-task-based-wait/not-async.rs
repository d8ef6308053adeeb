//! verdict: did not compile E-signature
//! A regular function that waits for the tasks on the runtime's handle: what it returns is not a
//! future.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::runtime::Handle;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let results = Handle::current().block_on(join_all(handles));
    let mut delays: Vec<Duration> = results.into_iter().flatten().collect();
    delays.sort();
    delays
}
