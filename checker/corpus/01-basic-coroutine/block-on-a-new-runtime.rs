//! verdict: crashed E-nested-runtime
//! Builds a runtime inside the coroutine to run the sleep with block_on, as main did.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { sleep(delay).await });
    delay
}
