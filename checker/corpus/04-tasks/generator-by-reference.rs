//! verdict: did not compile E-signature
//! Takes the generator by reference and forks it, as wait_n does.

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng.fork(), max_delay))
}
