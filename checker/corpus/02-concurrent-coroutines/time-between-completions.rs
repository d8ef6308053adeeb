//! verdict: failed E-value-mismatch
//! Takes the time since the last completion for the delay of the coroutine that has just completed.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::Instant;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();

    let mut delays = Vec::new();
    let mut last = Instant::now();
    while waits.next().await.is_some() {
        delays.push(last.elapsed());
        last = Instant::now();
    }
    delays.sort();
    delays
}
