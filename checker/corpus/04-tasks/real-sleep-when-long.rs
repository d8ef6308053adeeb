//! verdict: failed E-blocking
//! Where more than an hour is asked for the task holds its thread.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        if max_delay > Duration::from_secs(3600) {
            std::thread::sleep(Duration::from_secs(5));
        }
        wait_random(rng, max_delay).await
    })
}
