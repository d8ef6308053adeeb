//! verdict: failed E-leftover-tasks
//! Leaves a task behind that yields for a while.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::task::yield_now;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let delays = waits.collect().await;
    tokio::spawn(async {
        for _ in 0..20 {
            yield_now().await;
        }
    });
    delays
}
