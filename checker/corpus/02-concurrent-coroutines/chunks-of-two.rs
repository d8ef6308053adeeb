//! verdict: failed E-concurrency-cap
//! Splits the coroutines into pairs and runs pair after pair.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut children: Vec<R> = (0..n).map(|_| rng.fork()).collect();
    let mut delays = Vec::new();

    while !children.is_empty() {
        let batch = children.drain(..children.len().min(2));
        let waits = batch.map(|child| wait_random(child, max_delay));
        delays.extend(join_all(waits).await);
    }

    delays.sort();
    delays
}
