//! verdict: crashed E-exit
//! Ends the process in the task when the wait is over, as the small program of the
//! lesson did.

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
        println!("Task finished after {delay:?}!");
        std::process::exit(0)
    })
}
