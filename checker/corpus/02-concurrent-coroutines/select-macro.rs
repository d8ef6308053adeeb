//! verdict: passed
//! A loop around `tokio::select!`, whose `else` branch is taken when nothing is left to wait for.

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
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    loop {
        tokio::select! {
            Some(delay) = waits.next() => delays.push(delay),
            else => break delays,
        }
    }
}
