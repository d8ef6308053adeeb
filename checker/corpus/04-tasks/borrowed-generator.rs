//! verdict: did not compile E-compile
//! Lends the generator to the task, which may live longer than this function.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(&mut rng, max_delay))
}
