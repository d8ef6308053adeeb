//! verdict: failed E-sequential
//! Takes the lock on the results before it starts the task, and gives it back when the task is
//! done.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::sync::Mutex;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Mutex::new(Vec::with_capacity(n));
    join_all((0..n).map(|_| {
        let child = rng.fork();
        let delays = &delays;
        async move {
            let mut delays = delays.lock().await;
            let delay = task_wait_random(child, max_delay).await.unwrap();
            delays.push(delay);
        }
    }))
    .await;

    let mut delays = delays.into_inner();
    delays.sort();
    delays
}
