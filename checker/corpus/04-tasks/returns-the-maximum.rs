//! verdict: failed E-value-mismatch
//! Awaits the wait inside the task, drops its result, and returns the maximum.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        wait_random(rng, max_delay).await;
        max_delay
    })
}
