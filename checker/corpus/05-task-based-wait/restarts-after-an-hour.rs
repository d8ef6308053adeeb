//! verdict: failed E-count
//! Aborts what takes longer than a minute, and starts it again with a new generator.

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tasks::task_wait_random;
use tokio::time::timeout;
async fn patient<R: Rng + SeedableRng + Send + 'static>(mut rng: R, max: Duration) -> Duration {
    loop {
        let mut task = task_wait_random(rng.fork(), max);
        match timeout(Duration::from_secs(60), &mut task).await {
            Ok(delay) => return delay.unwrap(),
            Err(_) => task.abort(),
        }
    }
}
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| patient(rng.fork(), max_delay)).collect();
    waits.collect().await
}
