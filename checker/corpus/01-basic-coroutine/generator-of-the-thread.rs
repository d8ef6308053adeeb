//! verdict: failed E-randomness
//! Uses rand's own generator as in most tutorials and ignores the one handed in, so no
//! seed reproduces the delays.

use rand::Rng;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(_rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rand::random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
