//! verdict: failed E-blocking
//! Rests the thread for half a millisecond for each coroutine.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits = FuturesUnordered::new();
    for _ in 0..n {
        waits.push(wait_random(rng.fork(), max_delay));
        std::thread::sleep(Duration::from_micros(500));
    }
    waits.collect().await
}
