//! Names the module for files by a path that begins at the root, with gaps and a comment between the words.
//!
//! To the compiler these are the same four words.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!(
        "{:?}",
        :: std /* of all things */ :: fs
        :: read_to_string("/etc/hostname")
    );
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
