//! verdict: did not finish E-endless-loop
//! Asks again and again whether the next coroutine is ready, and never gives the thread back.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::FutureExt;
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
    let mut delays = Vec::with_capacity(n);
    while delays.len() < n {
        if let Some(Some(delay)) = waits.next().now_or_never() {
            delays.push(delay);
        }
    }
    delays
}
