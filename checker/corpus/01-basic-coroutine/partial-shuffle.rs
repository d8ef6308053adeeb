//! verdict: passed
//! Lists every possible delay and shuffles just enough of the list to get one of them.

use rand::Rng;
use rand::seq::SliceRandom;
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let mut all: Vec<u32> = (0..=longest as u32).collect();
    let (chosen, _) = all.partial_shuffle(&mut rng, 1);
    let ms = chosen[0] as u64;
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
