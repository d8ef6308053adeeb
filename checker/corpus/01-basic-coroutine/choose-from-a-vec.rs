//! verdict: passed
//! Lists every possible delay and chooses one: much memory for a day, and right.

use rand::Rng;
use rand::seq::IndexedRandom;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let all: Vec<u32> = (0..=max_delay.as_millis() as u32).collect();
    let chosen = *all.choose(&mut rng).unwrap();
    let delay = Duration::from_millis(chosen.into());
    sleep(delay).await;
    delay
}
