//! verdict: failed E-low-resolution
//! 16 random bits scaled to the range: of a day only 65 536 of 86 million delays ever come.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let range = max_delay.as_millis() as u64 + 1;
    let ms = (u64::from(rng.random::<u16>()) * range) >> 16;
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
