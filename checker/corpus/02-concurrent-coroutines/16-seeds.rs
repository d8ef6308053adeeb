//! verdict: failed E-same-generator
//! Sixteen seeds, used in turn.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let seeds: [u64; 16] = std::array::from_fn(|_| rng.next_u64());
    let waits: FuturesUnordered<_> =
        (0..n).map(|i| wait_random(R::seed_from_u64(seeds[i % 16]), max_delay)).collect();
    waits.collect().await
}
