//! verdict: failed E-bound-excluded
//! Cuts the maximum to whole seconds where it is more than one.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let max = if max_delay > Duration::from_secs(1) {
        Duration::from_secs(max_delay.as_secs())
    } else {
        max_delay
    };
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max)).collect();
    waits.collect().await
}
