//! verdict: failed E-wrong-time
//! Something of its own waits as well, and is measured.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;
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
        let t = tokio::time::Instant::now();
        tokio::time::sleep(Duration::from_millis(1)).await;
        wait_n(rng, n, max_delay).await;
        t.elapsed()
    });
    e / n as u32
}
