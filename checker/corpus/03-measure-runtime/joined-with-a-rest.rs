//! verdict: failed E-wrong-time
//! Rests for a second beside the run, on the same line, and measures both.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
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
        tokio::join!(wait_n(rng, n, max_delay), tokio::time::sleep(Duration::from_secs(1)));
        start.elapsed() / n as u32
    })
}
