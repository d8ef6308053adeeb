//! verdict: failed E-leftover-tasks
//! Starts the wait as a task, and returns the handle of another one.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay));
    tokio::spawn(async move { max_delay })
}
