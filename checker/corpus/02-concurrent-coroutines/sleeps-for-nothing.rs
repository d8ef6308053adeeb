//! verdict: passed R-needless-step
//! Writes `sleep(0)` to hand over to the others, as asyncio programs do.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::sleep;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits = FuturesUnordered::new();
    for _ in 0..n {
        waits.push(wait_random(rng.fork(), max_delay));
        sleep(Duration::ZERO).await;
    }
    let mut delays = vec![];
    while let Some(delay) = waits.next().await {
        delays.push(delay);
    }
    delays
}
