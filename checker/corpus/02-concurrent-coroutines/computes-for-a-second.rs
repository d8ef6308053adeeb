//! verdict: failed E-blocking
//! Keeps the processor busy for a second before it awaits anything.

use std::time::{Duration, Instant};

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: Vec<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(1) {}
    let mut delays = join_all(waits).await;
    delays.sort();
    delays
}
