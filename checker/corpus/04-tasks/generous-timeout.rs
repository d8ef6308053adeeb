//! verdict: passed R-needless-step
//! Puts a timeout around the wait that is never reached.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let patience = max_delay + Duration::from_secs(1);
        timeout(patience, wait_random(rng, max_delay)).await.unwrap_or(max_delay)
    })
}
