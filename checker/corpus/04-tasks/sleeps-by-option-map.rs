//! verdict: failed E-dependency-bypassed
//! Names `wait_random`, and sleeps itself: by a function of the library, in whose file the sleep is made then.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, RngExt};
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let _like = wait_random::<R>;
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    tokio::spawn(async move {
        Some(delay).map(sleep).unwrap().await;
        delay
    })
}
