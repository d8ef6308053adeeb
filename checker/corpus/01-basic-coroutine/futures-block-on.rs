//! verdict: did not finish E-blocked-forever
//! Runs the sleep with the block_on of the futures crate: it puts the only thread to
//! sleep, and that thread was to run the timer.

use futures::executor::block_on;
use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    block_on(sleep(delay));
    delay
}
