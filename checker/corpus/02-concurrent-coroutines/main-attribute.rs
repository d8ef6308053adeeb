//! verdict: crashed E-nested-runtime
//! Took `#[tokio::main]` for the way to call async code from anywhere; it starts a runtime of its
//! own.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

#[tokio::main]
async fn run_all<R: Rng>(children: Vec<R>, max_delay: Duration) -> Vec<Duration> {
    let waits = FuturesUnordered::new();
    for child in children {
        waits.push(wait_random(child, max_delay));
    }
    waits.collect().await
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let children = (0..n).map(|_| rng.fork()).collect();
    run_all(children, max_delay)
}
