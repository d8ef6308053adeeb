//! verdict: failed E-dependency-bypassed
//! Writes the random wait once more inside the task instead of calling wait_random.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
        sleep(delay).await;
        delay
    })
}
