//! verdict: failed E-same-generator
//! Draws half as many seeds as there are coroutines, to save random numbers; two neighbours
//! always share one.

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
    let seeds: Vec<u64> = (0..n.div_ceil(2)).map(|_| rng.next_u64()).collect();
    let waits: FuturesUnordered<_> =
        (0..n).map(|i| wait_random(R::seed_from_u64(seeds[i / 2]), max_delay)).collect();
    waits.collect().await
}
