//! verdict: failed E-blocking
//! Puts the thread to sleep for a second before it starts to measure.

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
    std::thread::sleep(Duration::from_secs(1));
    runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed() / n as u32
    })
}
