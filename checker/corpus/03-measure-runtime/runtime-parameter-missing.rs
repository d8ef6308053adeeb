//! verdict: did not compile E-signature
//! Makes the runtime itself and therefore has no parameter for it.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::Instant;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed()
    });
    elapsed.checked_div(n as u32).unwrap_or_default()
}
