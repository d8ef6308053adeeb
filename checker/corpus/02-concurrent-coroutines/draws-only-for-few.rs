//! verdict: failed E-no-sleep
//! Has a short way for up to three coroutines: draws their delays, sorts them, and forgets to
//! wait.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    if n < 4 {
        let longest = max_delay.as_millis() as u64;
        let mut delays: Vec<_> =
            (0..n).map(|_| Duration::from_millis(rng.random_range(0..=longest))).collect();
        delays.sort();
        return delays;
    }
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}
