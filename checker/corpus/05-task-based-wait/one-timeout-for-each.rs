//! verdict: failed E-count
//! Waits for the next result for `max_delay` at most. A clock that stands still while anything can run lets the timeout
//! come first where a delay is as long.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::time::timeout;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut running: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    while let Ok(Some(delay)) = timeout(max_delay, running.next()).await {
        delays.push(delay.unwrap());
    }
    delays
}
