//! verdict: failed E-returned-early
//! Has a guard that aborts the task as soon as the function returns.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;

struct Guard(tokio::task::AbortHandle);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let handle = tokio::spawn(wait_random(rng, max_delay));
    let _guard = Guard(handle.abort_handle());
    handle
}
