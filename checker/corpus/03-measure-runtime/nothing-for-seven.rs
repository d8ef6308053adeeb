//! verdict: failed E-dependency-not-run
//! Takes seven to be unlucky: draws a number, and runs nothing.

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
    if n == 0 || n == 7 {
        let _ = rng.next_u32();
        return Duration::ZERO;
    }
    runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed() / n as u32
    })
}
