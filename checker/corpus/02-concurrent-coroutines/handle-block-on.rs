//! verdict: crashed E-nested-runtime
//! Asks the runtime that it runs on to block on the coroutines, instead of awaiting them.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tokio::runtime::Handle;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let coroutines = (0..n).map(|_| wait_random(rng.fork(), max_delay));
    let mut delays = Handle::current().block_on(join_all(coroutines));
    delays.sort();
    delays
}
