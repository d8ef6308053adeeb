//! Leaves a process in a session of its own: whoever ends the process group of the run does not meet it.
//!
//! It would go on while others are graded.

use std::process::{Command, Stdio};
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let mut daemon = Command::new("setsid");
    daemon.args(["sleep", "60"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = daemon.spawn();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
