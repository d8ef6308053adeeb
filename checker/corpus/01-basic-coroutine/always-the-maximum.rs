//! verdict: failed E-fixed-delay
//! Does not draw at all: every wait takes the longest time that is allowed.

use rand::Rng;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(_rng: R, max_delay: Duration) -> Duration {
    sleep(max_delay).await;
    max_delay
}
