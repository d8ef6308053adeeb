//! verdict: failed E-too-long
//! Waits another `max_delay` at the end, to be sure that every coroutine is done.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::sleep;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    if n == 0 {
        return Vec::new();
    }
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let delays = waits.collect().await;
    sleep(max_delay).await;
    delays
}
