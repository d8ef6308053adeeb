//! verdict: failed E-sequential
//! Maps a stream with `then`, which finishes one future before it takes the next.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::StreamExt;
use futures::stream;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays: Vec<Duration> =
        stream::iter(0..n).then(|_| wait_random(rng.fork(), max_delay)).collect().await;
    delays.sort();
    delays
}
