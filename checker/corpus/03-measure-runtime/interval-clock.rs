//! verdict: passed
//! Lets an interval tick every millisecond beside the waits, as a progress bar would, and
//! measures as usual.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::{Instant, interval};

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
        let mut ticks = interval(Duration::from_millis(1));
        let waits = wait_n(rng, n, max_delay);
        tokio::pin!(waits);
        loop {
            tokio::select! {
                _ = &mut waits => break,
                _ = ticks.tick() => {}
            }
        }
        start.elapsed()
    });
    elapsed / n as u32
}
