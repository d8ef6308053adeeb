//! verdict: passed R-needless-task
//! Spawns a task that spawns the wait and awaits it: one task would do.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let wait = tokio::spawn(wait_random(rng, max_delay));
        wait.await.expect("wait_random does not panic")
    })
}
