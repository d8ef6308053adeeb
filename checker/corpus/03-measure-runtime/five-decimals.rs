//! verdict: failed E-truncated
//! Rounds the time to five decimals of a second before it divides.

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
    let seconds = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        (start.elapsed().as_secs_f64() * 1e5).round() / 1e5
    });
    Duration::from_secs_f64(seconds / n as f64)
}
