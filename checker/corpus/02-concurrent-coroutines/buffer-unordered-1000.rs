//! verdict: failed E-concurrency-cap
//! A limit that looks like none.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let w: Vec<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut v: Vec<_> = stream::iter(w).buffer_unordered(1000).collect().await;
    v.sort();
    v
}
