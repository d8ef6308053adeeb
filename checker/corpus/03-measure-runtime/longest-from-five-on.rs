//! verdict: failed E-wrong-time
//! From five on the longest delay stands for the time, without a clock.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
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
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        let delays = wait_n(rng, n, max_delay).await;
        if n > 4 { *delays.last().unwrap() } else { start.elapsed() }
    });
    elapsed / n as u32
}
