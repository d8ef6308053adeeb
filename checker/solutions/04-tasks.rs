//! Task 4, solved: hand the coroutine to the runtime, return the handle.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;

/// Starts `wait_random` as a task on the current runtime, and returns its handle at once.
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    // The future owns its generator, so it borrows nothing and can move into the task as it is:
    // no `async move` block is needed around it.
    tokio::spawn(wait_random(rng, max_delay))
}
