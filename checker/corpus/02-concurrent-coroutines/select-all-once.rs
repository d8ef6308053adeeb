//! verdict: failed E-returned-early
//! Calls `select_all` once, which returns as soon as the first coroutine is done, and drops the
//! others.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::{FutureExt, select_all};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    if n == 0 {
        return Vec::new();
    }
    let waits = (0..n).map(|_| wait_random(rng.fork(), max_delay).boxed());
    let (delay, _index, _others) = select_all(waits).await;
    vec![delay]
}
