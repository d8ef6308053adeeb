//! Has a function, a field and variables of its own that are called like modules of the standard library.
//!
//! They are none, and lead nowhere. It is right.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

struct Walk {
    path: u64,
}

fn process(path: u64) -> Walk {
    Walk { path }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let net = max_delay.as_millis() as u64;
    let env = process(rng.random_range(0..=net));
    let delay = Duration::from_millis(env.path);
    sleep(delay).await;
    delay
}
