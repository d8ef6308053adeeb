//! verdict: did not finish E-endless-loop
//! Spins until `is_finished` says so: the loop keeps the thread, and the tasks never get a turn on
//! it.

use std::hint;
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
    while handles.iter().any(|handle| !handle.is_finished()) {
        hint::spin_loop();
    }

    let mut delays = Vec::new();
    for handle in handles {
        delays.push(handle.await.unwrap());
    }
    delays.sort();
    delays
}
