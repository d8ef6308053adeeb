//! verdict: failed E-same-generator
//! Draws a seed for each coroutine and starts to count them at one, so that the first two get
//! the same.

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
    let seeds: Vec<u64> = (0..n).map(|_| rng.next_u64()).collect();
    let waits: FuturesUnordered<_> = (0..n)
        .map(|i| {
            let seed = seeds[i.max(1).min(n - 1)];
            wait_random(R::seed_from_u64(seed), max_delay)
        })
        .collect();
    waits.collect().await
}
