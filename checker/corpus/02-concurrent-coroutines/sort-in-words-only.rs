//! verdict: passed
//! Sorts in a comment and in a string only; the code takes the order of completion.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
///
/// There is no `delays.sort()` in here, and no `std::thread::sleep` or `rand::rng()` either.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();

    // let mut delays: Vec<Duration> = join_all(waits).await;
    // delays.sort();
    let delays: Vec<Duration> = waits.collect().await;

    debug_assert!(delays.is_sorted(), "call delays.sort() or delays.sort_by_key(...) after all");
    delays
}
