//! verdict: failed E-wrong-time
//! Runs wait_n twice at once, to have a mean of both.

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
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
    let mut other = rng.fork();
    runtime.block_on(async {
        let start = Instant::now();
        tokio::join!(wait_n(rng, n, max_delay), wait_n(&mut other, n, max_delay));
        start.elapsed() / n as u32
    })
}
