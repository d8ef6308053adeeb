//! verdict: failed E-sequential
//! Uses `join_all`, but once per turn of the loop, with a single coroutine in it.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays: Vec<Duration> = Vec::with_capacity(n);
    for _ in 0..n {
        let coroutine = wait_random(rng.fork(), max_delay);
        let results = join_all([coroutine]).await;
        delays.extend(results);
    }
    delays.sort();
    delays
}
