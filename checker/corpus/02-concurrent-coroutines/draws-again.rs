//! verdict: failed E-value-mismatch
//! Ignores what `wait_random` returns, and puts a delay that it has drawn itself into the list.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, RngExt, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let max_ms = max_delay.as_millis() as u64;
    let waits = (0..n).map(|_| {
        let mut child = rng.fork();
        async move {
            let delay = Duration::from_millis(child.random_range(0..=max_ms));
            wait_random(child, max_delay).await;
            delay
        }
    });
    let mut delays = join_all(waits).await;
    delays.sort();
    delays
}
