//! Task 3, solved: run `wait_n` to its end, and ask the runtime's clock how long that took.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// Runs `wait_n` on `runtime`, and returns the time it took, divided by `n`.
pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }

    // tokio's Instant follows the clock of the runtime it is asked on, so both readings
    // are taken inside `block_on`. Outside, it would only show the computer's own time.
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed()
    });

    // Divide the Duration, not its milliseconds: an integer division would lose the fraction.
    elapsed / n as u32
}
