//! verdict: failed E-zero
//! Prints the average delay, and divides by zero when `n` is zero.

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
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();

    let mut delays = Vec::new();
    let mut total = Duration::ZERO;
    while let Some(delay) = waits.next().await {
        total += delay;
        delays.push(delay);
    }

    println!("average delay: {:?}", total / n as u32);
    delays
}
