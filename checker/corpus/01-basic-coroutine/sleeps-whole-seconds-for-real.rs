//! verdict: failed E-blocking
//! Python's `time.sleep(random.randint(0, max_delay))`: the short runs draw zero, and a long one holds the thread.

use std::time::Duration;

use rand::{Rng, RngExt};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_secs(rng.random_range(0..=max_delay.as_secs()));
    std::thread::sleep(delay);
    delay
}
