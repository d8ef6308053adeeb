//! verdict: failed E-randomness
//! From the twenty-first on, generators come from the system.

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
        .map(|i| {
            wait_random(
                if i < 20 { rng.fork() } else { R::seed_from_u64(rand::random()) },
                max_delay,
            )
        })
        .collect();
    waits.collect().await
}
