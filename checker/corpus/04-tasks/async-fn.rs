//! verdict: did not compile E-signature
//! Makes the function async, so that nothing is spawned before somebody awaits it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub async fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay))
}
