//! verdict: failed E-too-long
//! Looks once a second whether all tasks are finished, and so returns up to a second after they
//! are.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks: Vec<JoinHandle<Duration>> =
        (0..n).map(|_| tokio::spawn(wait_random(rng.fork(), max_delay))).collect();

    while !tasks.iter().all(|task| task.is_finished()) {
        sleep(Duration::from_secs(1)).await;
    }

    let mut delays = Vec::new();
    for task in tasks {
        delays.push(task.await.unwrap());
    }
    delays.sort();
    delays
}
