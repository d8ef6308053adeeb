//! verdict: crashed E-panic
//! Prints the longest delay with an index one too high.

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
    if n == 0 {
        return Duration::ZERO;
    }
    runtime.block_on(async {
        let start = Instant::now();
        let delays = wait_n(rng, n, max_delay).await;
        println!("the longest: {:?}", delays[n]);
        start.elapsed() / n as u32
    })
}
