//! verdict: failed E-concurrency-cap
//! Lets no more than a hundred tasks wait at a time.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

static PERMITS: Semaphore = Semaphore::const_new(100);

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let _permit = PERMITS.acquire().await.unwrap();
        wait_random(rng, max_delay).await
    })
}
