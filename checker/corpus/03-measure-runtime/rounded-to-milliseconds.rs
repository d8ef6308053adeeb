//! verdict: failed E-truncated
//! Rounds the average to whole milliseconds so that it prints nicely.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

fn rounded(duration: Duration) -> Duration {
    Duration::from_millis((duration.as_secs_f64() * 1000.0).round() as u64)
}

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed()
    });
    match n {
        0 => Duration::ZERO,
        _ => rounded(elapsed / n as u32),
    }
}
