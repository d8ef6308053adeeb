//! verdict: failed E-dependency-bypassed
//! Wrote `task_wait_random` a second time, below, instead of importing it from the course task
//! before.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tokio::task::JoinHandle;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}

fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let ms = rng.random_range(0..=max_delay.as_millis());
        let delay = Duration::from_millis(ms as u64);
        tokio::time::sleep(delay).await;
        delay
    })
}
