//! verdict: failed E-concurrency-cap
//! Runs the first half together and then the second half, and so takes as long as both.

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
    let half = n / 2;
    let first = join_all((0..half).map(|_| wait_random(rng.fork(), max_delay))).await;
    let second = join_all((half..n).map(|_| wait_random(rng.fork(), max_delay))).await;

    let mut delays = [first, second].concat();
    delays.sort();
    delays
}
