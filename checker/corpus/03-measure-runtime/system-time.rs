//! verdict: failed E-wrong-clock
//! Subtracts two times of day.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::{Duration, SystemTime};
use tokio::runtime::Runtime;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let start = SystemTime::now();
    runtime.block_on(wait_n(rng, n, max_delay));
    match start.elapsed() {
        Ok(elapsed) if n > 0 => elapsed / n as u32,
        _ => Duration::ZERO,
    }
}
