//! verdict: passed R-needless-task
//! Spawns a task for the sleep and awaits it at once: right, with a task too many.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let task = tokio::spawn(async move {
        sleep(delay).await;
        delay
    });
    task.await.expect("the task only sleeps")
}
