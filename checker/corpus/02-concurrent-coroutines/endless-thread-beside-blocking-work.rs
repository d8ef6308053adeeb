//! verdict: failed E-leftover-threads
//! Wakes the pool of blocking threads with a closure that does nothing, and starts a heartbeat
//! thread of its own that never ends.

use std::thread;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::task::spawn_blocking;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    spawn_blocking(|| {}).await.unwrap();
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(1))
        }
    });

    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}
