//! verdict: failed E-randomness
//! Uses `rand::rng()`, which every tutorial begins with, and leaves the generator handed in alone.

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
    let mut waits = FuturesUnordered::new();
    for _ in 0..n {
        waits.push(wait_random(rand::rng(), max_delay));
    }

    let mut delays = Vec::with_capacity(n);
    while let Some(delay) = waits.next().await {
        delays.push(delay);
    }
    delays
}
