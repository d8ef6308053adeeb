//! verdict: did not finish E-too-slow
//!
//! Never calls `wait_random`, and waits itself. Before that it does so much that the recording is full, so nobody sees whose
//! waits those are.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

async fn wait<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let forks: Vec<R> = (0..n).map(|_| rng.fork()).collect();
    for _ in 0..15_000 {
        drop(sleep(Duration::ZERO));
    }
    for _ in 0..71_000 {
        drop(rng.fork());
    }
    let waits: FuturesUnordered<_> = forks.into_iter().map(|rng| wait(rng, max_delay)).collect();
    waits.collect().await
}
