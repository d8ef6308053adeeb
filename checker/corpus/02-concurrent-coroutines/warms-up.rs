//! verdict: passed R-extra-draw
//! Throws the first number away, because somebody said that it is less random than the others.

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
    let waits = FuturesUnordered::new();
    for _ in 0..n {
        let mut child = rng.fork();
        let _ = child.next_u32();
        waits.push(wait_random(child, max_delay));
    }
    waits.collect().await
}
