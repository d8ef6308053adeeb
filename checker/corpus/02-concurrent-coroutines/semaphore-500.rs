//! verdict: failed E-concurrency-cap
//! Lets 500 coroutines at a time past a semaphore, which looks like enough for any n.

use std::sync::Arc;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::sync::Semaphore;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let permits = Arc::new(Semaphore::new(500));
    let waits: FuturesUnordered<_> = (0..n)
        .map(|_| {
            let permits = Arc::clone(&permits);
            let child = rng.fork();
            async move {
                let _permit = permits.acquire().await.unwrap();
                wait_random(child, max_delay).await
            }
        })
        .collect();
    waits.collect().await
}
