//! verdict: failed E-randomness
//! Makes a new generator of the same type with make_rng, seeded by the system.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng, make_rng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    _: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let elapsed = runtime.block_on(async {
        let mut fresh: R = make_rng();
        let start = Instant::now();
        wait_n(&mut fresh, n, max_delay).await;
        start.elapsed()
    });
    elapsed.checked_div(n as u32).unwrap_or_default()
}
