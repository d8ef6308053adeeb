//! verdict: failed E-count
//! Keeps the numbers of the tasks in a map by their delay: the later of two equal ones replaces the
//! earlier.

use std::collections::BTreeMap;
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
    let mut finished = BTreeMap::new();
    for (number, handle) in handles.into_iter().enumerate() {
        finished.insert(handle.await.unwrap(), number);
    }
    finished.into_keys().collect()
}
