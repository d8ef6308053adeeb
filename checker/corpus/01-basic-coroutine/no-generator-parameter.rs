//! verdict: did not compile E-signature
//! Leaves the generator out of the parameters and draws from rand's own.

use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random(max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rand::random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
