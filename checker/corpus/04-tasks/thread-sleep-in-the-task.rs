//! verdict: failed E-blocking
//! Waits with wait_random, then "saves the result" with a thread sleep inside the task.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

fn save(delay: Duration) {
    std::thread::sleep(Duration::from_millis(40));
    println!("saved {delay:?}");
}

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let delay = wait_random(rng, max_delay).await;
        save(delay);
        delay
    })
}
