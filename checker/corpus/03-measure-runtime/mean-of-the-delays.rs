//! verdict: failed E-sum
//! Takes the "time per wait" for the mean of the delays and measures nothing.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let delays = runtime.block_on(wait_n(rng, n, max_delay));
    if delays.is_empty() {
        return Duration::ZERO;
    }
    let total: Duration = delays.iter().sum();
    total / delays.len() as u32
}
