//! Names a module twice: once for tests, once for everything else. The file is the same.
//!
//! What is compiled is looked at, whoever else may use it.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

#[cfg(test)]
mod checks;
#[cfg(not(test))]
mod checks;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", checks::read());
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
