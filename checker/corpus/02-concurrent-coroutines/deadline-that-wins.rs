//! verdict: failed E-returned-early
//! Has every wait race against a deadline of max_delay, which wins where both are as long.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::sleep;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let wait = |rng| async move {
        tokio::select! {
            biased;
            () = sleep(max_delay) => max_delay,
            delay = wait_random(rng, max_delay) => delay,
        }
    };
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait(rng.fork())).collect();
    waits.collect().await
}
