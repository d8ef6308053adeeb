//! verdict: failed E-randomness
//! Seeds the generators with 0, 1, 2 and so on: every call waits the same times, whatever generator
//! is handed in.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    _rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> =
        (0..n as u64).map(|seed| wait_random(R::seed_from_u64(seed), max_delay)).collect();
    waits.collect().await
}
