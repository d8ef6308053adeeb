//! verdict: did not compile E-signature
//! Right in all but its name.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn random_wait<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
