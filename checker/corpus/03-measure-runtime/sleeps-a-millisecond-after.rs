//! verdict: failed E-wrong-time
//! Gives the runtime a millisecond to settle after the run, and stops the clock only then.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::{Instant, sleep};

/// Runs `n` coroutines at once, and returns how long that took in all, divided by `n`.
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
        wait_n(rng, n, max_delay).await;
        sleep(Duration::from_millis(1)).await;
        start.elapsed()
    });
    elapsed / n as u32
}
