//! verdict: did not finish E-deadlock
//! Holds the task back until it is notified, but notifies before the task listens: the
//! notification is lost.

use basic_coroutine::wait_random;
use rand::Rng;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let start = Arc::new(Notify::new());
    let started = Arc::clone(&start);
    let handle = tokio::spawn(async move {
        started.notified().await;
        wait_random(rng, max_delay).await
    });
    start.notify_waiters();
    handle
}
