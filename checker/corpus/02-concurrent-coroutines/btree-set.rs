//! verdict: failed E-count
//! Keeps the delays in a `BTreeSet`, which is always in order, and in which two equal delays are
//! one.

use std::collections::BTreeSet;
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
    let coroutines = (0..n).map(|_| wait_random(rng.fork(), max_delay));
    let ordered: BTreeSet<Duration> = join_all(coroutines).await.into_iter().collect();
    ordered.into_iter().collect()
}
