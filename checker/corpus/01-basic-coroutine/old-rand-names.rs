//! verdict: did not compile E-compile
//! Follows a tutorial for an older version of rand, where the method was called gen_range.

use rand::Rng;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.gen_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
