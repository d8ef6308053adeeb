//! verdict: did not finish E-endless-loop
//!
//! Waits for short delays only. With a `max_delay` of more than a minute it keeps the processor busy for ever, as somebody
//! seems to do who lists all delays of a day.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay > Duration::from_secs(60) {
        loop {
            std::hint::spin_loop();
        }
    }
    let ms = rng.random_range(0..=max_delay.as_millis() as u64);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
