//! verdict: passed R-needless-step
//! Starts with a sleep of nothing, so that "the timer is ready".

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::{Instant, sleep};

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let elapsed = runtime.block_on(async {
        sleep(Duration::ZERO).await;
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed()
    });
    elapsed.checked_div(n as u32).unwrap_or_default()
}
