//! verdict: failed E-skewed
//! Half of max_delay where there are more than twenty.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let max = if n > 20 { max_delay / 2 } else { max_delay };
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max)).collect();
    waits.collect().await
}
