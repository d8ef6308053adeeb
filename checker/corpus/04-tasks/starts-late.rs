//! verdict: failed E-not-a-task
//! Sleeps a little before the wait, so that the tasks "do not all start at once".

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        wait_random(rng, max_delay).await
    })
}
