//! verdict: failed E-sequential
//! Awaits each task where it is started, so the next one starts only when it is over.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::new();
    for _ in 0..n {
        let delay = task_wait_random(rng.fork(), max_delay).await.unwrap();
        delays.push(delay);
    }
    delays.sort();
    delays
}
