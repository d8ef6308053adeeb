//! verdict: failed E-count
//! Starts one coroutine too many, and takes the first n delays: the longest is never among them.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits = FuturesUnordered::new();
    for _ in 0..=n {
        waits.push(wait_random(rng.fork(), max_delay));
    }
    let mut delays = Vec::new();
    while delays.len() < n {
        delays.extend(waits.next().await);
    }
    delays
}
