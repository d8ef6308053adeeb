//! verdict: passed
//! Asks the runtime for the time before and after, each with a block_on of its own.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

fn now(runtime: &Runtime) -> Instant {
    runtime.block_on(async { Instant::now() })
}

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let start = now(runtime);
    let delays = runtime.block_on(wait_n(rng, n, max_delay));
    let end = now(runtime);
    if delays.is_empty() { Duration::ZERO } else { end.duration_since(start) / delays.len() as u32 }
}
