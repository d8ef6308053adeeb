//! verdict: failed E-sequential
//! Locks the shared list before the wait instead of after it, so only one coroutine at a time can
//! wait.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tokio::sync::Mutex;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let results = Mutex::new(Vec::new());

    let waits = (0..n).map(|_| {
        let child = rng.fork();
        let results = &results;
        async move {
            let mut results = results.lock().await;
            results.push(wait_random(child, max_delay).await);
        }
    });
    join_all(waits).await;

    let mut delays = results.into_inner();
    delays.sort();
    delays
}
