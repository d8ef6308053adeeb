//! verdict: failed E-blocking
//! More than an hour is waited for by a blocking thread.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    if max_delay > Duration::from_secs(3600) {
        let handle = tokio::runtime::Handle::current();
        return tokio::task::spawn_blocking(move || handle.block_on(wait_random(rng, max_delay)));
    }
    tokio::spawn(wait_random(rng, max_delay))
}
