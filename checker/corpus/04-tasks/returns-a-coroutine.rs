//! verdict: did not compile E-signature
//! Returns the future of wait_random itself; no task is made.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> impl Future<Output = Duration> {
    wait_random(rng, max_delay)
}
