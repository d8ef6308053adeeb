//! verdict: crashed E-panic
//! Asks the handle for its result right after the spawn and unwraps: it is not there yet.

use basic_coroutine::wait_random;
use futures::FutureExt;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let handle = tokio::spawn(wait_random(rng, max_delay));
    let delay = handle.now_or_never().unwrap().unwrap();
    tokio::spawn(async move { delay })
}
