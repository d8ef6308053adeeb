//! verdict: failed E-blocking
//! Sleeps with `std::thread::sleep` so that the tasks can start meanwhile; it only stops the thread
//! they need.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::task::JoinSet;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = JoinSet::new();
    for _ in 0..n {
        tasks.spawn(wait_random(rng.fork(), max_delay));
    }

    // give them a moment to start
    std::thread::sleep(Duration::from_millis(50));

    let mut delays = Vec::new();
    while let Some(result) = tasks.join_next().await {
        delays.push(result.unwrap());
    }
    delays
}
