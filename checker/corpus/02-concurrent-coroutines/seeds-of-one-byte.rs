//! verdict: failed E-same-generator
//! Seeds every generator with one of 256 numbers: the same few delays come again and again.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n)
        .map(|_| wait_random(R::seed_from_u64(rng.random::<u8>().into()), max_delay))
        .collect();
    waits.collect().await
}
