//! verdict: failed E-wrong-time
//! Measures a run of a single coroutine n times with a block_on each, and adds the times up.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// Runs `n` coroutines at once, and returns how long that took in all, divided by `n`.
pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    let mut total = Duration::ZERO;
    for _ in 0..n {
        total += runtime.block_on(async {
            let start = Instant::now();
            wait_n(rng, 1, max_delay).await;
            start.elapsed()
        });
    }
    total / n as u32
}
