//! verdict: failed E-leftover-threads
//! Starts a thread that watches over the waits, and nothing ever tells the thread to stop.

use std::thread;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(60));
            eprintln!("still waiting...");
        }
    });

    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::with_capacity(n);
    while let Some(delay) = waits.next().await {
        delays.push(delay);
    }
    delays
}
