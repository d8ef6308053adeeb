//! verdict: crashed E-nested-runtime
//! Found block_in_place with block_on as the way to wait inside async code; it panics on
//! a runtime of one thread.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    block_in_place(|| Handle::current().block_on(sleep(delay)));
    delay
}
