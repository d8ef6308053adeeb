//! verdict: failed E-bound-exceeded
//! Took `max_delay` for the mean of the delays, and hands on twice as much as the bound.

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
    let range = max_delay * 2;
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), range)).collect();
    waits.collect().await
}
