//! verdict: failed E-fixed-delay
//! Takes the milliseconds of the second, which are none at whole seconds, for all milliseconds.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.subsec_millis()).into());
    sleep(delay).await;
    delay
}
