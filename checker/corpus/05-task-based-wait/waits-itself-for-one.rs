//! verdict: failed E-dependency-bypassed
//! Finds a task too much effort where n is one, and waits right here instead.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

async fn wait_here<R: Rng>(rng: &mut R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    if n == 1 {
        return vec![wait_here(rng, max_delay).await];
    }
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
