//! verdict: failed E-randomness
//! Makes a StdRng seeded by the system in each task; no seed reproduces its delays.

use basic_coroutine::wait_random;
use rand::Rng;
use rand::rngs::StdRng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    _: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let rng: StdRng = rand::make_rng();
    tokio::spawn(wait_random(rng, max_delay))
}
