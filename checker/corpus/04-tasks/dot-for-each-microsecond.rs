//! verdict: did not finish E-output-limit
//! Shows how long the wait was with a dot for each microsecond.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let delay = wait_random(rng, max_delay).await;
        for _ in 0..delay.as_micros() {
            print!(".");
        }
        println!(" {delay:?}");
        delay
    })
}
