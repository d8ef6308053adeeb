//! verdict: crashed E-todo
//! The waits are done, the ordering is not: `todo!()` is still there for more than one delay.

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
    let delays = join_all((0..n).map(|_| wait_random(rng.fork(), max_delay))).await;
    if delays.len() < 2 {
        return delays;
    }
    todo!("bring {delays:?} into ascending order")
}
