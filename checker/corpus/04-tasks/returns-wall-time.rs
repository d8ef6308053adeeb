//! verdict: failed E-value-mismatch
//! Times the wait with std's Instant and returns that instead of the delay.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let created = Instant::now();
        wait_random(rng, max_delay).await;
        created.elapsed()
    })
}
