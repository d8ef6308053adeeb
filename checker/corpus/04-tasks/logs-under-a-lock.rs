//! verdict: failed E-sequential
//! Adds each delay to a shared log and holds its lock while it waits, so that the tasks
//! run one after another by accident.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

static LOG: Mutex<Vec<Duration>> = Mutex::const_new(Vec::new());

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let mut log = LOG.lock().await;
        let delay = wait_random(rng, max_delay).await;
        log.push(delay);
        delay
    })
}
