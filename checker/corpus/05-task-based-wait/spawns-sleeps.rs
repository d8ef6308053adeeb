//! verdict: failed E-dependency-bypassed
//! Names `task_wait_random`, and spawns sleeps instead, both by functions of the library.

use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let _like = task_wait_random::<R>;
    let mut delays: Vec<Duration> = (0..n)
        .map(|_| Duration::from_millis(rng.fork().random_range(0..=max_delay.as_millis() as u64)))
        .collect();
    let tasks: Vec<_> = delays.iter().copied().map(sleep).map(tokio::spawn).collect();
    for task in tasks {
        task.await.unwrap();
    }
    delays.sort();
    delays
}
