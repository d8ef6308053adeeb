//! verdict: did not compile E-unsafe
//! Counts its calls in a `static mut`, which needs the `unsafe` that the course forbids.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

static mut CALLS: u64 = 0;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    unsafe {
        CALLS += 1;
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
