//! verdict: failed E-wrong-time
//! Runs wait_n with the ten seconds of the exercise that it has in mind.

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
        wait_n(rng, n, Duration::from_secs(10).max(max_delay)).await;
        start.elapsed() / n as u32
    })
}
