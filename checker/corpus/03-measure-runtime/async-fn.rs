//! verdict: did not compile E-signature
//! Makes measure_time async, like everything before it, though it is a regular fn.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

pub async fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    _runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let start = Instant::now();
    wait_n(rng, n, max_delay).await;
    start.elapsed().checked_div(n as u32).unwrap_or_default()
}
