//! verdict: failed E-leftover-tasks
//! Spawns a watchdog that is to complain if it takes too long, and never stops it when all is done.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::sleep;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    tokio::spawn(async move {
        sleep(max_delay + Duration::from_secs(1)).await;
        eprintln!("wait_n is too slow");
    });

    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}
