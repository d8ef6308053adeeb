//! verdict: failed E-wrong-time
//! Runs wait_n once to warm up, as benchmarks do, but starts the clock before that.

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
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        let _warm_up = wait_n(rng, n, max_delay).await;
        let _measured = wait_n(rng, n, max_delay).await;
        start.elapsed()
    });
    elapsed / n as u32
}
