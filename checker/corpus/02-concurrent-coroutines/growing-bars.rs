//! verdict: did not finish E-output-limit
//! Replays each wait as a bar that grows, one line per millisecond: 12 MB for a wait of five
//! seconds.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

fn replay(delay: Duration) {
    for ms in 1..=delay.as_millis() as usize {
        println!("{}", "#".repeat(ms));
    }
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    while let Some(delay) = waits.next().await {
        replay(delay);
        delays.push(delay);
    }
    delays
}
