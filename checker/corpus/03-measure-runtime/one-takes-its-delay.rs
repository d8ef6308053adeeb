//! verdict: failed E-wrong-time
//! For n = 1 returns the delay instead of a time that was measured.

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
    match n {
        0 => Duration::ZERO,
        1 => runtime.block_on(wait_n(rng, 1, max_delay))[0],
        _ => {
            let elapsed = runtime.block_on(async {
                let start = Instant::now();
                wait_n(rng, n, max_delay).await;
                start.elapsed()
            });
            elapsed / n as u32
        }
    }
}
