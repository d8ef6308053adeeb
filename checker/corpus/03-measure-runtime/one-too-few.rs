//! verdict: failed E-wrong-time
//! Counts from zero to n - 1 and passes the last number on instead of how many there are.

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
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n - 1, max_delay).await;
        start.elapsed()
    });
    elapsed / n as u32
}
