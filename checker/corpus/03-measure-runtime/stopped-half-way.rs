//! verdict: failed E-dependency-not-run
//! Puts a timeout around the run so that it cannot hang, one that is too short: wait_n is
//! dropped before it is done.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout};

const PATIENCE: Duration = Duration::from_millis(1);

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
        let _ = timeout(PATIENCE, wait_n(rng, n, max_delay)).await;
        start.elapsed() / n as u32
    })
}
