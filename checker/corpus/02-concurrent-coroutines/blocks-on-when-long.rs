//! verdict: did not finish E-blocked-forever
//! The block_on of futures where more than a minute is asked for.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    if max_delay > Duration::from_secs(60) {
        return futures::executor::block_on(waits.collect());
    }
    waits.collect().await
}
