//! verdict: did not finish E-never-ends
//! Waits again as long as the delay is not above the maximum, which it never is.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let mut delay = Duration::ZERO;
        while delay <= max_delay {
            delay = wait_random(&mut rng, max_delay).await;
        }
        delay
    })
}
