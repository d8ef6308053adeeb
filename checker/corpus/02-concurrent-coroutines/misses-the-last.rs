//! verdict: failed E-returned-early
//! Starts all of them, but collects one too few: the longest is dropped before it is done.

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
    let mut waits = FuturesUnordered::new();
    for _ in 0..n {
        waits.push(wait_random(rng.fork(), max_delay));
    }
    let mut delays = Vec::with_capacity(n);
    for _ in 1..n {
        delays.push(waits.next().await.unwrap());
    }
    delays
}
