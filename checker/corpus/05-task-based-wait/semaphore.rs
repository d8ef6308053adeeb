//! verdict: failed E-concurrency-cap
//! A task must first get one of two permits before it may start its wait.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::sync::Semaphore;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let semaphore = Arc::new(Semaphore::new(2));
    let waits = (0..n).map(|_| {
        let child = rng.fork();
        let semaphore = Arc::clone(&semaphore);
        async move {
            let _permit = semaphore.acquire_owned().await.unwrap();
            task_wait_random(child, max_delay).await.unwrap()
        }
    });
    let mut delays = join_all(waits).await;
    delays.sort();
    delays
}
