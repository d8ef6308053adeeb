//! verdict: failed E-wrong-time
//! Starts its stopwatch when the run is over.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
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
        wait_n(rng, n, max_delay).await;
        let start = Instant::now();
        start.elapsed() / n as u32
    })
}
