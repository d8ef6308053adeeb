//! verdict: failed E-wrong-time
//! Returns more than any sum of times can hold.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;

/// Runs `wait_n`, and says that it took for ever.
pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    runtime.block_on(wait_n(rng, n, max_delay));
    Duration::MAX
}
