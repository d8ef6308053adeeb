//! verdict: failed E-order
//! Sorts the wrong way round.

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
    let coroutines: Vec<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = join_all(coroutines).await;
    delays.sort_by(|a, b| b.cmp(a));
    delays
}
