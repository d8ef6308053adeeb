//! verdict: crashed E-nested-runtime
//! Waits for the delay with block_on of the current runtime and then spawns a task that
//! only returns it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let delay = Handle::current().block_on(wait_random(rng, max_delay));
    tokio::spawn(async move { delay })
}
