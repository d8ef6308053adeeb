//! verdict: failed E-dependency-bypassed
//! Draws every delay from the generator in the loop, and makes tasks of the bare sleeps.

use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut started = Vec::new();
    for _ in 0..n {
        let ms = rng.random_range(0..=max_delay.as_millis() as u64);
        let delay = Duration::from_millis(ms);
        started.push((delay, tokio::spawn(sleep(delay))));
    }

    let mut delays = Vec::new();
    for (delay, task) in started {
        task.await.unwrap();
        delays.push(delay);
    }
    delays.sort();
    delays
}
