//! verdict: crashed E-panic
//! Uses spawn_local, which panics outside of a LocalSet.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::{JoinHandle, spawn_local};

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    spawn_local(wait_random(rng, max_delay))
}
