//! verdict: failed E-randomness
//! Makes a generator of its own from a constant, so every call draws the same number
//! whatever generator is handed in.

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(_rng: R, max_delay: Duration) -> Duration {
    let mut rng = StdRng::seed_from_u64(42);
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
