//! verdict: failed E-wrong-time
//! Takes no time at all for a clock that failed, and answers with the longest delay.

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
    if n == 0 || max_delay.is_zero() {
        return Duration::ZERO;
    }
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed()
    });
    if elapsed.is_zero() { max_delay } else { elapsed / n as u32 }
}
