//! verdict: failed E-bound-excluded
//! Waits again when the delay was zero, because "a wait of nothing must be an error".

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        loop {
            let delay = wait_random(&mut rng, max_delay).await;
            if !delay.is_zero() || max_delay.is_zero() {
                return delay;
            }
        }
    })
}
