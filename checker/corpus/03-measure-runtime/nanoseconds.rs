//! verdict: passed
//! Divides whole nanoseconds, which is exact enough.

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
    let nanos = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed().as_nanos()
    });
    let per_wait = nanos.checked_div(n as u128).unwrap_or(0);
    Duration::from_nanos(per_wait as u64)
}
