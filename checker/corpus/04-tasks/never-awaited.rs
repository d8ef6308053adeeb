//! verdict: failed E-sleep-not-awaited
//! Makes the future of wait_random inside the task and does not await it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let _delay = wait_random(rng, max_delay);
        max_delay
    })
}
