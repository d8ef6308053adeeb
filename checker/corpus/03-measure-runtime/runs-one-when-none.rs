//! verdict: failed E-zero
//! With `n` zero it runs `wait_n` for one.

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
    let e = runtime.block_on(async {
        let s = Instant::now();
        wait_n(rng, n.max(1), max_delay).await;
        s.elapsed()
    });
    e / n.max(1) as u32
}
