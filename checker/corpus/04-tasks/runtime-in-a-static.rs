//! verdict: failed E-own-runtime
//! Keeps a runtime in a static and spawns there instead of on the current one.

use basic_coroutine::wait_random;
use rand::Rng;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    RUNTIME.spawn(wait_random(rng, max_delay))
}
