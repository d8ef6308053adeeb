//! verdict: failed E-value-mismatch
//! Returns more than any sum of times can hold.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;

/// Starts `wait_random` as a task, and forgets what it returns.
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        wait_random(rng, max_delay).await;
        Duration::MAX
    })
}
