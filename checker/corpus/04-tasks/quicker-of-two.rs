//! verdict: failed E-skewed
//! Lets two waits race in the task and returns the quicker one, so that short delays come
//! more often.

use basic_coroutine::wait_random;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let other = StdRng::from_rng(&mut rng);
    tokio::spawn(async move {
        tokio::select! {
            delay = wait_random(rng, max_delay) => delay,
            delay = wait_random(other, max_delay) => delay,
        }
    })
}
