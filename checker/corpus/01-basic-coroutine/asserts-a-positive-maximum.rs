//! verdict: failed E-zero
//! Refuses a max_delay of zero with an assertion, though zero is allowed.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    assert!(!max_delay.is_zero(), "max_delay must be positive");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
