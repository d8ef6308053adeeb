//! verdict: failed E-too-long
//! Awaits one more `wait_random` than was asked for, to see that it works, after the n that were
//! asked for.

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
    if n == 0 {
        return vec![];
    }
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let delays = waits.collect().await;

    let one_more = wait_random(rng.fork(), max_delay).await;
    println!("another one would have taken {one_more:?}");
    delays
}
