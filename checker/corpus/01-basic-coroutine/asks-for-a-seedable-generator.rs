//! verdict: did not compile E-signature
//! Asks for more than the contract does: whoever has no such generator can't call it.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;
pub async fn wait_random<R: Rng + rand::SeedableRng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
