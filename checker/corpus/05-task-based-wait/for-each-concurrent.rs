//! verdict: passed
//! Handles every task as it finishes, without a limit, and pushes into a list behind a std lock.

use std::sync::Mutex;
use std::time::Duration;

use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Mutex::new(Vec::new());
    stream::iter(0..n)
        .map(|_| task_wait_random(rng.fork(), max_delay))
        .for_each_concurrent(None, async |task| {
            let delay = task.await.unwrap();
            delays.lock().unwrap().push(delay);
        })
        .await;
    delays.into_inner().unwrap()
}
