//! verdict: failed E-leftover-threads
//! Lets a thread print dots during the measurement and never tells it to stop.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::thread;
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
    thread::spawn(|| {
        loop {
            eprint!(".");
            thread::sleep(Duration::from_millis(500));
        }
    });
    runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed() / n as u32
    })
}
