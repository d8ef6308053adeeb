//! verdict: failed E-blocking
//! Puts the thread to sleep for a second before it awaits anything. Its runs are so slow that few of
//! them would fit into the time for all.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: Vec<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    std::thread::sleep(Duration::from_secs(1));
    let mut delays = join_all(waits).await;
    delays.sort();
    delays
}
