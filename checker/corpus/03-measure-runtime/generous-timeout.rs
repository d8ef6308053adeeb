//! verdict: passed R-needless-step
//! Puts a timeout around the run that can never be reached.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout};

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    let limit = max_delay + Duration::from_secs(1);
    runtime.block_on(async {
        let start = Instant::now();
        timeout(limit, wait_n(rng, n, max_delay)).await.expect("no delay is longer than max_delay");
        start.elapsed() / n as u32
    })
}
