//! verdict: passed
//! Writes `impl Rng` instead of a named type parameter.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random(
    rng: impl Rng + Send + 'static,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay))
}
