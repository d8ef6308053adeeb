//! verdict: did not compile E-compile
//! Moves the sleep into a helper that is not async and awaits there.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

fn sleep_for(millis: u64) -> Duration {
    let delay = Duration::from_millis(millis);
    sleep(delay).await;
    delay
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    sleep_for(rng.random_range(0..=max_delay.as_millis() as u64))
}
