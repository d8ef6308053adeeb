//! verdict: failed E-order
//! Sorts by the printed form, in which "5ms" comes after "30ms" and "1.2s" before "900ms".

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
    let mut delays = join_all((0..n).map(|_| wait_random(rng.fork(), max_delay))).await;
    delays.sort_by_key(|delay| format!("{delay:?}"));
    delays
}
