//! verdict: failed E-concurrency-cap
//! Gives the stream a buffer of 512, which looks like enough for any n.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut children = Vec::new();
    for _ in 0..n {
        children.push(rng.fork());
    }
    stream::iter(children)
        .map(|child| wait_random(child, max_delay))
        .buffer_unordered(512)
        .collect()
        .await
}
