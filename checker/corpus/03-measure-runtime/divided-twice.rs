//! verdict: failed E-wrong-time
//! Divides by n inside the async block and once more outside.

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
    let Ok(count @ 1..) = u32::try_from(n) else {
        return Duration::ZERO;
    };
    let per_wait = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed() / count
    });
    per_wait / count
}
