//! verdict: failed E-value-mismatch
//! Each hour the wait is begun again, with a new draw.

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
            tokio::select! {
                delay = wait_random(&mut rng, max_delay) => return delay,
                () = tokio::time::sleep(Duration::from_secs(60)) => println!("still waiting"),
            }
        }
    })
}
