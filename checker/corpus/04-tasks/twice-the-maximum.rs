//! verdict: failed E-bound-exceeded
//! Reads max_delay as the average and allows twice as much.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move { wait_random(rng, max_delay * 2).await })
}
