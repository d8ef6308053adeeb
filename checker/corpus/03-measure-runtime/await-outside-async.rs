//! verdict: did not compile E-compile
//! Awaits in the regular fn; there is nothing asynchronous around it.

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
    let _guard = runtime.enter();
    let start = Instant::now();
    wait_n(rng, n, max_delay).await;
    start.elapsed().checked_div(n as u32).unwrap_or_default()
}
