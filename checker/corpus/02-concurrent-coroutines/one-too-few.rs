//! verdict: failed E-count
//! Counts from one to below `n`, and so runs one coroutine too few.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits = FuturesUnordered::new();
    for _ in 1..n {
        waits.push(wait_random(rng.fork(), max_delay));
    }
    waits.collect().await
}
