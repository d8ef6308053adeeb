//! verdict: failed E-same-generator
//! Draws one seed and makes every coroutine's generator from it, so all of them draw the same
//! delay.

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
    let seed = rng.next_u64();
    let waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(R::seed_from_u64(seed), max_delay)).collect();
    waits.collect().await
}
