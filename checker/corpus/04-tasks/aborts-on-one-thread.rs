//! verdict: crashed E-crash
//! Believes that tasks need a runtime of many threads and aborts the process otherwise.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let handle = Handle::current();
    if handle.runtime_flavor() != RuntimeFlavor::MultiThread {
        eprintln!("tasks need more than one thread");
        std::process::abort();
    }
    handle.spawn(wait_random(rng, max_delay))
}
