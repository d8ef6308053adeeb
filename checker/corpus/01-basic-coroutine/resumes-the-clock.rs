//! verdict: failed E-clock
//! Switches the virtual clock off so that the sleep "really" takes its time.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{self, sleep};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    time::resume();
    sleep(delay).await;
    time::pause();
    delay
}
