//! verdict: failed E-leftover-tasks
//! Spawns a ticker that counts while the waits run, and does not stop it afterwards.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::{Instant, sleep};

static TICKS: AtomicU64 = AtomicU64::new(0);

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    runtime.spawn(async {
        loop {
            sleep(Duration::from_secs(1)).await;
            TICKS.fetch_add(1, Ordering::Relaxed);
        }
    });
    runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed() / n as u32
    })
}
