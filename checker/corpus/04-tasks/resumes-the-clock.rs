//! verdict: failed E-clock
//! Lets the clock run before the task starts because "time stood still".

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        time::resume();
        let delay = wait_random(rng, max_delay).await;
        time::pause();
        delay
    })
}
