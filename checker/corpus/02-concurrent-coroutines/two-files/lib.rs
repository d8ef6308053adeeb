//! verdict: passed
//! Keeps the collecting in a module of its own, in a second file.

mod collect;

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

use crate::collect::as_completed;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let coroutines = (0..n).map(|_| wait_random(rng.fork(), max_delay));
    as_completed(coroutines).await
}
