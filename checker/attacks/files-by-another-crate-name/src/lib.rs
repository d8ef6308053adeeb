//! Gives the standard library another name, and reads a file by that.
//!
//! What it asks of the library has the same name as ever.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

extern crate std as toolbox;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{:?}", toolbox::fs::read_to_string("/etc/hostname"));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
