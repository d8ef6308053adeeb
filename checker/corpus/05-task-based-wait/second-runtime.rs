//! verdict: crashed E-nested-runtime
//! Builds a second runtime for the tasks, which cannot be started inside the first.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::runtime::Runtime;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let children: Vec<R> = (0..n).map(|_| rng.fork()).collect();
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let tasks: FuturesUnordered<_> =
            children.into_iter().map(|child| task_wait_random(child, max_delay)).collect();
        tasks.map(Result::unwrap).collect().await
    })
}
