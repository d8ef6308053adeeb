//! verdict: failed E-too-long
//! Sleeps 10 ms before it starts the tasks, so that the runtime can get ready.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

const GET_READY: Duration = Duration::from_millis(10);

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    if n > 0 {
        sleep(GET_READY).await;
    }
    let handles: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    handles.map(|delay| delay.unwrap()).collect().await
}
