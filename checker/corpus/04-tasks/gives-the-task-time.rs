//! verdict: failed E-blocking
//! Sleeps on the thread after the spawn "so that the task can start": it blocks the very
//! thread that would run it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::thread;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let handle = tokio::spawn(wait_random(rng, max_delay));
    thread::sleep(Duration::from_millis(50));
    handle
}
