//! verdict: failed E-value-mismatch
//! Draws where the number is needed, which is twice: one delay is slept, another returned.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

fn random_delay<R: Rng>(rng: &mut R, max_delay: Duration) -> Duration {
    Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64))
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    sleep(random_delay(&mut rng, max_delay)).await;
    random_delay(&mut rng, max_delay)
}
