//! verdict: failed E-blocking
//! Takes a moment of rest before it measures, with a thread sleep.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::thread;
use std::time::Duration;
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
        thread::sleep(Duration::from_millis(50));
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed() / n as u32
    })
}
