//! verdict: did not finish E-blocked-forever
//! Enters the runtime and then uses the block_on of the futures crate: nobody runs the
//! runtime's timers, so the first sleep never ends.

use concurrent_coroutines::wait_n;
use futures::executor::block_on;
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
    let _guard = runtime.enter();
    let start = Instant::now();
    block_on(wait_n(rng, n, max_delay));
    start.elapsed() / n as u32
}
