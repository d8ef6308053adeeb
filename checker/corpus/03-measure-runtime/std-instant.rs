//! verdict: failed E-wrong-clock
//! Imports the Instant of the standard library, which knows nothing of the runtime's clock.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

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
    runtime.block_on(wait_n(rng, n, max_delay));
    start.elapsed() / n as u32
}
