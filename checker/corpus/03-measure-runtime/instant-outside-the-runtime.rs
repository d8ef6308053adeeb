//! verdict: failed E-wrong-clock
//! Has the right Instant, but takes it outside block_on, where it reads the wall clock.

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
    let start = Instant::now();
    runtime.block_on(async { wait_n(rng, n, max_delay).await });
    let elapsed = Instant::now() - start;
    elapsed / n as u32
}
