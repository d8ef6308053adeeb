//! verdict: did not compile E-compile
//! Leaves the await out inside the async block, so the task would return a future.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move { wait_random(rng, max_delay) })
}
