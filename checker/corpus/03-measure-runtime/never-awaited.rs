//! verdict: failed E-dependency-not-run
//! Calls wait_n inside the runtime, but does not await what it returns.

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
        let _delays = wait_n(rng, n, max_delay);
        start.elapsed()
    });
    elapsed / n as u32
}
