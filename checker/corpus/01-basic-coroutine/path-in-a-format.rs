//! verdict: passed
//! Prints with a named argument called path.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    println!("{name} takes the {path} way: {delay:?}", name = "wait_random", path = "long");
    sleep(delay).await;
    delay
}
