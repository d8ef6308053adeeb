//! verdict: failed E-order
//! Puts each finished coroutine at the front of the list, so the longest delay comes first.

use std::collections::VecDeque;
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
    let mut delays = VecDeque::new();
    while let Some(delay) = waits.next().await {
        delays.push_front(delay);
    }
    delays.into()
}
