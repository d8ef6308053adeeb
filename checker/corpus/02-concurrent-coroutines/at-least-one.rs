//! verdict: failed E-zero
//! Tests at the end of the loop, as with do-while: one coroutine runs even if none was asked for.

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
    let mut started = 0;
    loop {
        waits.push(wait_random(rng.fork(), max_delay));
        started += 1;
        if started >= n {
            break;
        }
    }
    waits.collect().await
}
