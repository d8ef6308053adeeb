//! verdict: failed E-calls-interfere
//! The sleep begins at the call: who awaits it later waits less than is returned.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> impl Future<Output = Duration> {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let nap = sleep(delay);
    async move {
        nap.await;
        delay
    }
}
