//! verdict: failed E-dependency-bypassed
//! Solves the second course task once more: coroutines in one task, and `task_wait_random` is never
//! called.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = join_all((0..n).map(|_| wait_random(rng.fork(), max_delay))).await;
    delays.sort();
    delays
}
