//! Waits as it should, and returns ten million delays more than it was asked for.
//!
//! What it returns becomes a part of the answers, and of what is said about them.

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
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays: Vec<Duration> = waits.collect().await;
    delays.resize(delays.len() + 10_000_000, max_delay);
    delays
}
