//! verdict: failed E-bound-excluded
//! Treats max_delay as excluded and asks for one millisecond less.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let longest = max_delay.saturating_sub(Duration::from_millis(1));
    tokio::spawn(wait_random(rng, longest))
}
