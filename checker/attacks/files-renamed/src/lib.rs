//! Imports the module for files under another name, out of a list, so that nowhere a path leads into it.
//!
//! Its name stands in the list.

use std::{fs as notes, time::Duration};

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{:?}", notes::read_to_string("/etc/hostname"));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
