//! verdict: failed E-count
//! Waits once more where the delay was zero, which it takes for no wait at all.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits = FuturesUnordered::new();
    for _ in 0..n {
        let (first, second) = (rng.fork(), rng.fork());
        waits.push(async move {
            let delay = wait_random(first, max_delay).await;
            if delay.is_zero() { wait_random(second, max_delay).await } else { delay }
        });
    }
    waits.collect().await
}
