//! verdict: failed E-value-mismatch
//! Awaits one wait for its effect and a second one for its value: the task takes as long
//! as both and returns one of them.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        wait_random(&mut rng, max_delay).await;
        wait_random(&mut rng, max_delay).await
    })
}
