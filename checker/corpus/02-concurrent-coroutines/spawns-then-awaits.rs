//! verdict: failed E-sequential
//! Makes a task of each wait, and awaits the task before the next one is made.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::new();
    for _ in 0..n {
        let task = tokio::spawn(wait_random(rng.fork(), max_delay));
        match task.await {
            Ok(delay) => delays.push(delay),
            Err(error) => panic!("a coroutine failed: {error}"),
        }
    }
    delays.sort();
    delays
}
