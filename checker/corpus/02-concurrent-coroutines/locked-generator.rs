//! verdict: failed E-sequential
//! Shares the generator behind an async lock, and every coroutine keeps it locked until its wait is
//! over.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::sync::Mutex;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let shared = Mutex::new(rng);
    let waits: FuturesUnordered<_> = (0..n)
        .map(|_| async {
            let mut rng = shared.lock().await;
            wait_random(&mut **rng, max_delay).await
        })
        .collect();
    let mut delays: Vec<Duration> = waits.collect().await;
    delays.sort();
    delays
}
