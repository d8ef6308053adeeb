//! verdict: failed E-leftover-tasks
//! Spawns a watchdog that would abort a task that hangs; it goes on watching long after
//! the task is done.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let handle = tokio::spawn(wait_random(rng, max_delay));
    let watched = handle.abort_handle();
    tokio::spawn(async move {
        sleep(max_delay + Duration::from_secs(10)).await;
        watched.abort();
    });
    handle
}
