//! verdict: failed E-wrong-clock
//! Takes the time at the right places, inside the runtime, with the wrong clock.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let elapsed = runtime.block_on(async {
        let before = std::time::Instant::now();
        let delays = wait_n(rng, n, max_delay).await;
        let after = std::time::Instant::now();
        assert_eq!(delays.len(), n);
        after - before
    });
    elapsed.checked_div(n as u32).unwrap_or(Duration::ZERO)
}
