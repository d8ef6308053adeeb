//! verdict: failed E-sum
//! Adds the delays up, as if the coroutines had run one after another.

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
    runtime.block_on(async {
        let mut elapsed = Duration::ZERO;
        for delay in wait_n(rng, n, max_delay).await {
            elapsed += delay;
        }
        elapsed
    })
}
