//! verdict: failed E-order
//! Awaits the tasks in the order in which they were made, and returns the delays in that order.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::task::JoinHandle;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut handles: Vec<JoinHandle<Duration>> = vec![];
    for _ in 0..n {
        handles.push(tokio::spawn(wait_random(rng.fork(), max_delay)));
    }
    let mut delays = vec![];
    for handle in handles {
        delays.push(handle.await.unwrap());
    }
    delays
}
