//! verdict: crashed E-todo
//! Stopped half way: draws and sleeps, and the rest is still to be done.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let millis = rng.random_range(0..=max_delay.as_millis() as u64);
    sleep(Duration::from_millis(millis)).await;
    todo!("return what was slept of {max_delay:?}")
}
