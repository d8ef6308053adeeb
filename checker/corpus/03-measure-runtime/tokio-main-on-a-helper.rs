//! verdict: failed E-own-runtime
//! Puts #[tokio::main] on a helper: the attribute makes a runtime of its own.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

#[tokio::main(flavor = "current_thread")]
async fn elapsed<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let start = Instant::now();
    wait_n(rng, n, max_delay).await;
    start.elapsed()
}

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    _: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    elapsed(rng, n, max_delay) / n as u32
}
