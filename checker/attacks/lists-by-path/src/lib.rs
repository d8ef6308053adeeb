//! Looks around on the machine by the methods of a `Path`: they open files and folders, and `std::fs` is not mentioned.
//!
//! It is the same thing under another name, and judged alike.

use std::path::Path;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    for entry in Path::new("/home").read_dir().into_iter().flatten().flatten() {
        println!("{:?} {:?}", entry.path(), entry.path().join(".ssh").exists());
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
