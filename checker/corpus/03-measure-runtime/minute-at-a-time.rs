//! verdict: did not finish E-never-ends
//! Gives wait_n an hour, and then begins again.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;
use tokio::time::timeout;
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
        loop {
            let start = Instant::now();
            if timeout(Duration::from_secs(60), wait_n(rng, n, max_delay)).await.is_ok() {
                return start.elapsed();
            }
        }
    });
    elapsed / n as u32
}
