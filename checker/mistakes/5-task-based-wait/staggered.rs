//! verdict: failed E-too-long
//! Starts the tasks 10 ms apart, so that they do not all start at the same instant.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles = FuturesUnordered::new();
    for i in 0..n {
        if i > 0 {
            sleep(Duration::from_millis(10)).await;
        }
        handles.push(task_wait_random(rng.fork(), max_delay));
    }
    let mut delays: Vec<Duration> = handles.map(|delay| delay.unwrap()).collect().await;
    delays.sort();
    delays
}
