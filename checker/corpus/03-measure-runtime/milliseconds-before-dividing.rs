//! verdict: failed E-truncated
//! Cuts the time to milliseconds before dividing: it is exact only where no machine is late.

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
    let e = runtime.block_on(async {
        let t = Instant::now();
        wait_n(rng, n, max_delay).await;
        t.elapsed().as_millis()
    });
    Duration::from_secs_f64(e as f64 / 1000.0 / n as f64)
}
