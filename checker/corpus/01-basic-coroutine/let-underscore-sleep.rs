//! verdict: failed E-sleep-not-awaited
//! rustc warned of an unused future, so its value was bound to an underscore. It is
//! still never awaited.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let _ = sleep(delay);
    delay
}
