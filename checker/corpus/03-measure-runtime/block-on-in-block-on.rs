//! verdict: crashed E-nested-runtime
//! Already inside block_on, it calls block_on again for wait_n instead of awaiting it.

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
        let start = Instant::now();
        runtime.block_on(wait_n(rng, n, max_delay));
        start.elapsed() / n as u32
    })
}
